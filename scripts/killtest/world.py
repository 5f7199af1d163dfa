"""The processes: operators that are never killed, and a router that is."""
import atexit
import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

from local import call, free_port
from shipped import written_out

from .browser import open_here
from .clock import now

KEY, PUBLISHABLE = "sk_sandbox_demo", "pk_sandbox_demo"
# The app of `holders` in the configuration.
HOLDERS = "Wallets"
NO_ANSWER = (OSError, ValueError, http.client.HTTPException)


# The longest time between two questions about one order, in milliseconds.
#
# Some operators tell nobody of a refusal, and a payer whose page was in no answer comes when the shops have closed. What
# was opened a minute before is asked about every five minutes then, which is longer than anybody waits here: the more
# kills, the more orders are that old.
LONGEST_STEP = 10_000


# How long somebody asks before the router is taken for dead, in seconds. On a machine that compiles beside the test it has
# answered nobody for half a minute, and then gone on.
LONG = 180


def again(question):
    """Asks until there is an answer, for what may be asked any number of times."""
    until = time.time() + LONG
    while True:
        try:
            return question()
        except NO_ANSWER:
            if time.time() > until:
                raise
            time.sleep(0.1)


def hurried(configuration):
    """The shipped configuration with times that come to an end within the test."""
    for provider in configuration["providers"]:
        contract = provider.get("contract", {})
        if "check_every_milliseconds" in contract:
            contract["check_every_milliseconds"] = [
                min(step, LONGEST_STEP) for step in contract["check_every_milliseconds"]]
        if provider["kind"] == "tmoney-online":
            # An operator that cannot be asked gives up notifying a router that is down again and again. Its
            # payments then wait for the end of their session; here it comes sooner.
            contract["prompt_lifetime_seconds"] = 20
        if provider["kind"] in ("tmoney", "mtn-momo", "paygate", "flooz"):
            # Nobody answers a prompt by hand here.
            contract["prompt_lifetime_seconds"] = 6
        if provider["kind"] in ("paygate", "ksher-rsa", "flouci", "tmoney"):
            # True of the sandbox operators; people may then soon sign that nothing was executed.
            contract["maximum_server_life_seconds"] = 3
        if provider["id"] in ("paygate-tg", "ksher-rsa-barcode-th"):
            contract["review_after_seconds"] = 2
    return configuration


class World:
    """A folder, two processes, and what one can ask them."""

    def __init__(self, root, binary):
        self.root, self.binary = root, binary
        self.folder = tempfile.mkdtemp(prefix="payrouter-kill-")
        self.data = f"{self.folder}/data"
        self.port, operators = free_port(), free_port()
        self.base, self.operators = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{operators}"
        self.router, self.counter, self.kills, self._started = None, None, [], []
        # The secret keys of all apps: the shops', the one of holders' wallets, and those that are linked to one.
        self.keys, self.holders_key = [KEY], None
        # How often the router will be killed, for whoever waits until the end is near.
        self.planned = 0
        atexit.register(self._end_all)
        self._configure()
        self.sandbox = self._start(
            ["sandbox", "--port", str(operators), "--data", f"{self.folder}/operators"], self.operators + "/_books")

    def _configure(self):
        configuration = hurried(written_out())
        # All payers and all operators here share one address.
        much = {"burst": 1_000_000, "requests": 1_000_000, "seconds": 1}
        configuration["limits"] = {
            **{name: much for name in ("pages", "sign_ups", "checkout", "checkout_key", "qr", "operations", "failed_callbacks",
                                       "phones", "phones_per_prefix")},
            "streams": {"per_address": 10_000}}
        self._configuration = configuration
        self.write_configuration(0)

    def write_configuration(self, number, is_whole=True):
        """Writes the file anew, with something that moves no money elsewhere changed; or one that cannot be used."""
        changed = json.loads(json.dumps(self._configuration))
        changed["providers"][0]["max_in_flight"] = 200 + number % 50
        text = json.dumps(changed)
        with open(f"{self.folder}/next.json", "w") as file:
            file.write(text if is_whole else text[:len(text) // 2])
        os.replace(f"{self.folder}/next.json", f"{self.folder}/providers.json")

    def start_router(self):
        self.router = self._start(
            ["serve", "--sandbox", "--sandbox-url", self.operators, "--port", str(self.port), "--data", self.data,
             "--config", f"{self.folder}/providers.json"], self.base + "/health/ready")

    def holders_app(self):
        """Makes a secret key of the app that holders' wallets belong to, as whoever runs the platform does."""
        code, output, error = self.command("apps", "rotate", HOLDERS, "--environment", "sandbox", "--json")
        if code:
            raise SystemExit(f"apps rotate {HOLDERS}: {error}")
        self.holders_key = next(key for key in json.loads(output)["new_keys"] if key.startswith("sk_"))
        self.keys.append(self.holders_key)

    def hang_up(self):
        """The path behind a static QR code of the shops' app, as whoever runs the platform makes one."""
        code, output, error = self.command("apps", "qr", "demo", "XOF", "--environment", "sandbox", "--json")
        if code:
            raise SystemExit(f"apps qr: {error}")
        self.counter = urllib.parse.urlsplit(json.loads(output)["qr_url"]).path

    def kill_router(self):
        """Kills the router and starts it again; `kills` remembers when it was away, in milliseconds since 1970."""
        begun = now()
        self.router.send_signal(signal.SIGKILL)
        self.router.wait()
        self.start_router()
        self.kills.append((begun, now()))

    def _start(self, arguments, ready):
        """Starts a process and waits until it is ready.

        A command that found no router may hold the store's lock for a moment; a router's keeper starts it again.
        """
        log = open(os.path.join(self.folder, arguments[0] + ".log"), "ab")
        until = time.time() + 90
        process = self._open(arguments, log)
        while time.time() < until:
            if process.poll() is not None:
                lines = open(log.name, errors="replace").read().splitlines()
                if not (lines and "is locked" in lines[-1]):
                    raise SystemExit(f"{arguments[0]} ended with {process.returncode}; see {log.name}")
                time.sleep(0.1)
                process = self._open(arguments, log)
            try:
                urllib.request.urlopen(ready, timeout=5).read()
                return process
            except OSError:
                time.sleep(0.02)
        raise SystemExit(f"{arguments[0]} did not become ready; see {log.name}")

    def _open(self, arguments, log):
        self._started.append(subprocess.Popen([self.binary, *arguments], stdout=log, stderr=log, cwd=self.root))
        return self._started[-1]

    def _end_all(self):
        """Leaves no process behind, however the test ends."""
        for process in self._started:
            if process.poll() is None:
                process.kill()

    def stop(self):
        """Ends both in order; the router's exit code."""
        self.router.terminate()
        self.sandbox.terminate()
        try:
            code = self.router.wait(40)
        except subprocess.TimeoutExpired:
            self.router.kill()
            code = "nothing within 40 seconds"
        self.sandbox.wait(40)
        return code

    def api(self, method, path, body=None, key=KEY, headers=None):
        return call(self.base + path, method, body, key, headers)

    def patient(self, method, path, body=None, key=KEY):
        """Like `api`, but asks again while the router is away; for what may be asked any number of times."""
        return again(lambda: self.api(method, path, body, key))

    def pages(self, path, key=KEY):
        """Everything that a list has, page by page; asks as patiently."""
        found, after = [], ""
        while after is not None:
            _, page = self.patient("GET", f"{path}{'&' if '?' in path else '?'}limit=100{after}", key=key)
            found += page["data"]
            after = "&after=" + urllib.parse.quote(page["next_cursor"]) if page["has_more"] else None
        return found

    def messages(self, to):
        """What is in the inbox of a number, newest first."""
        def read():
            address = f"{self.operators}/_messages?to={urllib.parse.quote(to)}"
            with urllib.request.urlopen(address, timeout=30) as answer:
                return json.load(answer)["messages"]
        return again(read)

    def form(self, path, fields):
        """A browser's post; status, where it would be sent, and what it would show."""
        return open_here(urllib.request.Request(self.base + path, data=urllib.parse.urlencode(fields).encode()))

    def books(self):
        def read():
            with urllib.request.urlopen(self.operators + "/_books", timeout=30) as answer:
                return json.load(answer)["movements"]
        return again(read)

    def admin(self, path):
        """A question over the control socket, as the command line asks it."""
        link = http.client.HTTPConnection("router", timeout=15)
        link.sock = socket.socket(socket.AF_UNIX)
        link.sock.settimeout(15)
        try:
            link.sock.connect(self.data + "/control.sock")
            link.request("GET", path)
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            link.close()

    def command(self, *arguments, token=None):
        """Runs the command line on the data; exit code, standard output, standard error."""
        environment = {**os.environ, **({"PAYROUTER_PERSON_TOKEN": token} if token else {})}
        done = subprocess.run(
            [self.binary, *arguments, "--data", self.data], capture_output=True, text=True, env=environment, timeout=LONG)
        return done.returncode, done.stdout, done.stderr
