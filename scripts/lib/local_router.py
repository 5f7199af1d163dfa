"""A router with sandbox operators inside, for scripts that look at it from outside."""
import json
import pathlib
import re
import subprocess
import time
import urllib.parse
import urllib.request
import uuid

from local import call, free_port

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def roomy(folder):
    """The shipped configuration with limits that are not met: here every payer has one address and one number."""
    configuration = json.loads((ROOT / "providers.json").read_text())
    much = {"burst": 1_000_000, "requests": 1_000_000, "seconds": 1}
    configuration["limits"] = {name: much for name in ("pages", "sign_ups", "checkout", "checkout_key", "phones", "phones_per_prefix")}
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    path = pathlib.Path(folder) / "providers.json"
    path.write_text(json.dumps(configuration))
    return str(path)


class Router:
    """A router of its own with sandbox operators inside."""

    def __init__(self, binary, folder):
        self.port, self.operators_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.operators = f"http://127.0.0.1:{self.operators_port}"
        self.binary, self.folder = binary, folder
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--sandbox", "--port", str(self.port), "--sandbox-port", str(self.operators_port),
             "--data", self.folder, "--config", roomy(self.folder)], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + "/health/ready", timeout=1)
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the router is not ready")

    def pay(self, **body):
        request = urllib.request.Request(
            self.url + "/v1/payments", data=json.dumps(body).encode(),
            headers={"Authorization": "Bearer sk_sandbox_demo", "Content-Type": "application/json",
                     "Idempotency-Key": str(uuid.uuid4())})
        return json.load(urllib.request.urlopen(request))

    def call(self, path, **body):
        """A call of the shop's server; a refusal is answered like anything else."""
        return call(self.url + path, "POST", body, "sk_sandbox_demo", {"Idempotency-Key": str(uuid.uuid4())})[1]

    def books(self):
        """How many movements the sandbox operators executed."""
        return len(json.load(urllib.request.urlopen(self.operators + "/_books"))["movements"])

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers={"Authorization": "Bearer sk_sandbox_demo"})
        return json.load(urllib.request.urlopen(request))

    def close(self):
        self.process.terminate()
        self.process.wait(30)

    def kill(self):
        """As a power failure would: nothing is ended in order."""
        self.process.kill()
        self.process.wait(30)

    def messages(self, to):
        """What the sandbox's inbox has for a number or an address, newest first."""
        address = self.operators + "/_messages?to=" + urllib.parse.quote(to)
        return [message["text"] for message in json.load(urllib.request.urlopen(address))["messages"]]

    def code(self, to, known=()):
        """The newest six digits that were sent to a number, other than those that are known."""
        for _ in range(200):
            for text in self.messages(to):
                found = re.search(r"\b(\d{6})\b", text)
                if found:
                    if found.group(1) in known:
                        break
                    return found.group(1)
            time.sleep(0.05)
        raise RuntimeError(f"no code came to {to}")
