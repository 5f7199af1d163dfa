"""Durable payments per second of the router, beside nginx alone, the bare pipeline, and a Flask handler.

Usage: ./bench [--seconds N] [--json FILE]
"""
import argparse, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--seconds", type=int, default=10)
parser.add_argument("--turns", type=int, default=3, help="turns of router, bare pipeline and floor at 64 callers")
parser.add_argument("--fill", type=int, default=200_000, help="payments in the file for the start-up figure")
parser.add_argument("--json", default=None)
options = parser.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
folder = tempfile.mkdtemp(prefix="payrouter-bench-")
children, figures = [], {}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spawn(command, **more):
    log = open(os.path.join(folder, os.path.basename(command[0]) + ".log"), "ab")
    process = subprocess.Popen(command, stdout=log, stderr=log, **more)
    children.append(process)
    return process


def wait_for(url, process=None, seconds=60):
    until = time.time() + seconds
    while time.time() < until:
        if process and process.poll() is not None:
            sys.exit(f"the server for {url} ended; see {folder}")
        try:
            return urllib.request.urlopen(url, timeout=1).read()
        except OSError:
            time.sleep(0.005)
    sys.exit(f"{url} does not answer; see {folder}")


def wait_for_port(port, seconds=30):
    until = time.time() + seconds
    while time.time() < until:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nothing listens on port {port}; see {folder}")


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid, name):
    return int(re.search(rf"^{name}:\s+(\d+) kB", open(f"/proc/{pid}/status").read(), re.M)[1]) / 1024


def load(url, callers, body, seconds=None, script="payments.lua"):
    output = subprocess.run(
        ["wrk", "-t", "1", "-c", str(callers), "-d", f"{seconds or options.seconds}s", "--timeout", "30s", "-s",
         os.path.join(here, script), url, "--", body], capture_output=True, text=True, check=True).stdout
    requests, microseconds, p50, p99, errors = map(int, re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", output).groups())
    return {"per_second": requests / (microseconds / 1e6), "p50_ms": p50 / 1000, "p99_ms": p99 / 1000,
            "requests": requests, "errors": errors}


def row(name, result, extra=""):
    print(f"{name:44} {result['per_second']:8.0f}/s   p50 {result['p50_ms']:7.2f} ms   p99 {result['p99_ms']:7.2f} ms"
          f"   errors {result['errors']}{extra}", flush=True)


# The operator: nginx with fixed answers, and a proxy of its own as the ceiling.
up, up_tls, proxy = free_port(), free_port(), free_port()
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-keyout",
     f"{folder}/key.pem", "-out", f"{folder}/cert.pem", "-subj", "/CN=127.0.0.1", "-addext",
     "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
answers = """
      default_type application/json;
      location = /login { return 200 '{"statut":{"code":"2000"},"data":{"token":"bench"}}'; }
      location = /tmoney-middleware/debit { return 200 '{"code":"2000","message":"accepted"}'; }
      location = /tmoney-middleware/transactionid { return 200 '{"total":0,"data":[]}'; }
      location = /v1/payment_intents { return 200 '{"id":"pi_bench","object":"payment_intent","amount":5000,"currency":"usd","status":"requires_confirmation","livemode":false}'; }
      location = /v1/payment_intents/pi_bench/confirm { return 200 '{"id":"pi_bench","object":"payment_intent","amount":5000,"currency":"usd","status":"processing","livemode":false}'; }
      location = /v1/payment_intents/pi_bench { return 200 '{"id":"pi_bench","object":"payment_intent","amount":5000,"currency":"usd","status":"processing","livemode":false}'; }
"""
open(f"{folder}/nginx.conf", "w").write(f"""
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; daemon off; events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; keepalive_requests 100000000;
  server {{ listen 127.0.0.1:{up} backlog=4096; {answers} }}
  server {{ listen 127.0.0.1:{up_tls} ssl backlog=4096; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    ssl_session_cache shared:bench:10m; {answers} }}
  server {{ listen 127.0.0.1:{proxy} backlog=4096; location / {{ rewrite ^ /tmoney-middleware/debit break; proxy_pass http://127.0.0.1:{up}; }} }}
}}
""")
spawn(["nginx", "-c", f"{folder}/nginx.conf"])
wait_for(f"http://127.0.0.1:{up}/login")

contract = {"check_every_milliseconds": [600_000]}
provider = {"environment": "sandbox", "max_in_flight": 512, "contract": contract}
tmoney = {**provider, "kind": "tmoney", "settings": {"username": "demo"}, "secrets": {"password": "demo"}}
card = {**provider, "kind": "card", "secrets": {"secret_key": "sk_test_bench", "webhook_secret": "whsec_bench"}}


def write_configuration(name, use, **providers):
    listed = [{"id": identity, **value} for identity, value in providers.items()]
    path = f"{folder}/{name}.json"
    json.dump({"providers": listed, "routing": {"otherwise": {"strategy": "priority", "providers": [use]}}}, open(path, "w"))
    return path


class Router:
    def __init__(self, name, configuration, *more, data=None):
        self.port = free_port()
        self.data = data or f"{folder}/{name}"
        self.began = time.time()
        self.process = spawn([options.binary, "serve", "--sandbox", "--sandbox-port", "0", "--port", str(self.port),
                              "--data", self.data, "--config", configuration, *more])
        wait_for(f"http://127.0.0.1:{self.port}/health/ready", self.process)
        self.start_seconds = time.time() - self.began
        self.url = f"http://127.0.0.1:{self.port}"

    def measure(self, callers, body, seconds=None):
        before = cpu_seconds(self.process.pid)
        result = load(self.url, callers, body, seconds)
        result["cpu_us"] = (cpu_seconds(self.process.pid) - before) / result["requests"] * 1e6
        result["rss_mb"] = memory(self.process.pid, "VmRSS")
        return result

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


try:
    machine = f"{os.cpu_count()} cores, {open('/proc/cpuinfo').read().split('model name')[1].split(':')[1].splitlines()[0].strip()}"
    print(machine, flush=True)
    figures["machine"] = machine
    order = json.dumps({"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890112233"}})
    ceiling = load(f"http://127.0.0.1:{proxy}", 64, order)
    row("ceiling: nginx proxy_pass, 64 callers", ceiling)
    figures["ceiling_64"] = ceiling

    configuration = write_configuration("tmoney", "bench", bench={**tmoney, "base_url": f"http://127.0.0.1:{up}"})
    router = Router("tmoney", configuration)
    figures["start_seconds_empty"] = router.start_seconds
    bare_port, floor_ports = free_port(), {"documented": free_port(), "tuned": free_port()}
    spawn([os.path.join(os.path.dirname(options.binary), "bare-pipeline"), str(bare_port), f"http://127.0.0.1:{up}",
           f"{folder}/bare.sqlite"])
    for style, port in floor_ports.items():
        environment = {**os.environ, "FLOOR_STYLE": style, "FLOOR_DATABASE": f"{folder}/floor-{style}.sqlite",
                       "FLOOR_OPERATOR": f"http://127.0.0.1:{up}"}
        spawn([os.path.join(os.path.dirname(here), ".venv-bench/bin/gunicorn"), "-w", "3", "-b", f"127.0.0.1:{port}",
               "--log-level", "error", "floor:app"], cwd=here, env=environment)
    beside = {"bare": f"http://127.0.0.1:{bare_port}",
              **{style: f"http://127.0.0.1:{port}" for style, port in floor_ports.items()}}
    wait_for(beside["bare"])
    for port in floor_ports.values():
        wait_for_port(port)
    router.measure(64, order, 2)
    for callers in (1, 16):
        result = router.measure(callers, order)
        row(f"router: durable payments, {callers} callers", result,
            f"   CPU {result['cpu_us']:.0f} us/payment   RSS {result['rss_mb']:.0f} MB")
        figures[f"router_{callers}"] = result
    # Side by side, in turns: a machine that others share is not equally fast all the time.
    for url in beside.values():
        load(url, 64, order, 2)
    turns = {"router": [], **{name: [] for name in beside}}
    for _ in range(options.turns):
        turns["router"].append(router.measure(64, order))
        for name, url in beside.items():
            turns[name].append(load(url, 64, order))
    middle = {name: sorted(results, key=lambda result: result["per_second"])[len(results) // 2]
              for name, results in turns.items()}
    result = middle["router"]
    row("router: durable payments, 64 callers", result,
        f"   CPU {result['cpu_us']:.0f} us/payment   RSS {result['rss_mb']:.0f} MB")
    row("bare pipeline of the same parts, 64 callers", middle["bare"])
    row("floor: Flask as documented, 64 callers", middle["documented"])
    row("floor: Flask, tuned, 64 callers", middle["tuned"])
    figures.update({f"{name}_64": value for name, value in middle.items()})
    figures["turns"] = turns
    ratios = {name: result["per_second"] / middle[name]["per_second"] for name in beside}
    ratios["ceiling"] = result["per_second"] / ceiling["per_second"]
    figures["ratios"] = ratios
    print("router / " + "   ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
          + f"   (medians of {options.turns} turns)", flush=True)
    page = json.load(urllib.request.urlopen(urllib.request.Request(
        router.url + "/v1/payments?limit=100", headers={"Authorization": "Bearer sk_sandbox_demo"})))["data"]
    wrong = [(payment["status"], (payment["failure"] or {}).get("code")) for payment in page if payment["status"] != "awaiting_customer"]
    print(f"of the newest 100 payments {len(wrong)} are not awaiting_customer {wrong[:3]}", flush=True)
    made = sum(figures[f"router_{callers}"]["requests"] for callers in (1, 16))
    made += sum(result["requests"] for result in turns["router"])
    while made < options.fill:
        made += router.measure(64, order, 10)["requests"]
    figures["rss_mb_filled"] = memory(router.process.pid, "VmRSS")
    figures["rss_mb_peak"] = memory(router.process.pid, "VmHWM")
    router.stop()
    router = Router("tmoney", configuration, data=router.data)
    figures["start_seconds_filled"], figures["filled_with"] = router.start_seconds, made
    print(f"start-up: {figures['start_seconds_empty']:.2f} s empty, {figures['start_seconds_filled']:.2f} s with {made} payments;"
          f" RSS {figures['rss_mb_filled']:.0f} MB, peak {figures['rss_mb_peak']:.0f} MB", flush=True)
    router.stop()

    secure = write_configuration("tls", "bench", bench={**tmoney, "base_url": f"https://127.0.0.1:{up_tls}"})
    router = Router("tls", secure, "--operator-ca", f"{folder}/cert.pem")
    router.measure(64, order, 2)
    result = router.measure(64, order)
    row("router: fresh TLS connection each, 64 callers", result, f"   CPU {result['cpu_us']:.0f} us/payment")
    figures["router_tls_64"] = result
    router.stop()

    cards = json.dumps({"amount": 5000, "currency": "USD", "channel": "card", "source": {"token": "tok_visa"}})
    router = Router("card", write_configuration("card", "bench", bench={**card, "base_url": f"http://127.0.0.1:{up}"}))
    router.measure(64, cards, 2)
    result = router.measure(64, cards)
    row("router: card, two calls, keep-alive, 64 callers", result, f"   CPU {result['cpu_us']:.0f} us/payment")
    figures["router_card_64"] = result
    router.stop()

    if options.json:
        json.dump(figures, open(options.json, "w"), indent=2)
finally:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
    shutil.rmtree(folder, ignore_errors=True)
