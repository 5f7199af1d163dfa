"""What is measured: the router, the bare pipeline of the same parts, and a handler as a shop would write it."""
import json
import os
import signal
import time

from . import load, machine

_PROVIDER = {"environment": "sandbox", "max_in_flight": 512, "contract": {"check_every_milliseconds": [600_000]}}
TMONEY = {**_PROVIDER, "kind": "tmoney", "settings": {"username": "demo"}, "secrets": {"password": "demo"}}
CARD = {**_PROVIDER, "kind": "card", "secrets": {"secret_key": "sk_test_bench", "webhook_secret": "whsec_bench"}}


class Subject:
    """A server of ours: measured from outside, and by what the system counts of it."""

    process = url = None

    def pay(self, callers, seconds, body=load.TMONEY, rate=None, path="/v1/payments"):
        pid = self.process.pid
        before = (machine.cpu_seconds(pid), machine.switches(pid), machine.written(pid))
        result = load.pay(self.url, callers, seconds, body, rate, path)
        after = (machine.cpu_seconds(pid), machine.switches(pid), machine.written(pid))
        cpu, switches, written = (late - early for late, early in zip(after, before))
        result["cpu_us"] = cpu / result["requests"] * 1e6
        result["switches"] = switches / result["requests"]
        result["written"] = written / result["requests"]
        result["rss_mb"] = machine.memory(pid, "VmRSS")
        return result

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class Router(Subject):
    """With providers at one address, the first of them named `bench`; `more` goes to `payrouter serve`."""

    def __init__(self, binary, name, provider, address, *more, data=None, others={}):
        self.data = data or f"{machine.FOLDER}/{name}"
        self.configuration = f"{machine.FOLDER}/{name}.json"
        providers = {"bench": provider, **others}
        with open(self.configuration, "w") as file:
            json.dump({"providers": [{"id": name, **facts, **({} if facts["kind"] == "wallet" else {"base_url": address})} for name, facts in providers.items()],
                       # What a platform raises for its busiest app; reads are faster than what is usual for one.
                       "limits": {"app": {"per_second": 1_000_000, "concurrent": 100_000}},
                       "routing": {"otherwise": {"strategy": "priority", "providers": list(providers)}},
                       "payout_routing": {"otherwise": {"strategy": "priority", "providers": list(providers)}}}, file)
        port, self.admin_port = machine.free_port(), machine.free_port()
        began = time.time()
        self.process = machine.spawn(
            [binary, "serve", "--sandbox", "--sandbox-port", "0", "--port", str(port), "--admin-port",
             str(self.admin_port), "--data", self.data, "--config", self.configuration, *more])
        self.url = f"http://127.0.0.1:{port}"
        machine.wait_for(f"{self.url}/health/ready", self.process)
        self.start_seconds = time.time() - began

    def stored(self):
        """Bytes of the database and its log."""
        names = ("payrouter.sqlite", "payrouter.sqlite-wal")
        return sum(os.path.getsize(f"{self.data}/{name}") for name in names if os.path.exists(f"{self.data}/{name}"))


class Bare(Subject):
    """`Benchmarks/BarePipeline`; `more` are its options."""

    def __init__(self, binary, address, name, *more):
        port = machine.free_port()
        self.file = f"{machine.FOLDER}/{name}.sqlite"
        self.process = machine.spawn(
            [os.path.join(os.path.dirname(binary), "bare-pipeline"), str(port), address, self.file, *more])
        self.url = f"http://127.0.0.1:{port}"
        machine.wait_for(self.url, self.process)


class Floor:
    """Flask under gunicorn, once as its documentation shows SQLite, once tuned."""

    def __init__(self, style, address):
        port = machine.free_port()
        environment = {**os.environ, "FLOOR_STYLE": style, "FLOOR_OPERATOR": address,
                       "FLOOR_DATABASE": f"{machine.FOLDER}/floor-{style}.sqlite"}
        machine.spawn(
            [os.path.join(os.path.dirname(machine.HERE), ".venv-bench/bin/gunicorn"), "-w", "3", "-b", f"127.0.0.1:{port}",
             "--log-level", "error", "floor:app"], cwd=machine.HERE, env=environment)
        self.url = f"http://127.0.0.1:{port}"
        machine.wait_for_port(port)

    def pay(self, callers, seconds):
        return load.pay(self.url, callers, seconds)
