"""The load: wrk with a script that makes the requests."""
import os
import re
import subprocess

from . import machine

KEY = "sk_sandbox_demo"
TMONEY = '{"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890112233"}}'
CARD = '{"amount": 5000, "currency": "USD", "channel": "card", "source": {"token": "tok_visa"}}'


def _wrk(url, callers, seconds, script, *arguments):
    output = subprocess.run(
        ["wrk", "-t", "1", "-c", str(callers), "-d", f"{seconds}s", "--timeout", "30s", "-s",
         os.path.join(machine.HERE, script), url, "--", *arguments], capture_output=True, text=True, check=True).stdout
    numbers = map(int, re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", output).groups())
    requests, microseconds, p50, p99, errors = numbers
    return {"per_second": requests / (microseconds / 1e6), "p50_ms": p50 / 1000, "p99_ms": p99 / 1000,
            "requests": requests, "errors": errors}


def pay(url, callers, seconds, body=TMONEY, rate=None, path="/v1/payments"):
    """One order per request, each with a key of its own; as fast as they are answered, or so many a second.

    Several bodies take turns.
    """
    bodies = [body] if isinstance(body, str) else body
    return _wrk(url, callers, seconds, "payments.lua", path, f"{rate or 0:.1f}", *bodies)


def notify(url, callers, path, count):
    """Each line of a file as a signed notification, once, as fast as they are answered."""
    # It ends by itself after the last one; the seconds only end what hangs.
    return _wrk(url, callers, max(10, count // 200), "callbacks.lua", path)


def read(url, callers, seconds, paths):
    """One of some paths per request, one after the other."""
    return _wrk(url, callers, seconds, "reads.lua", *paths)
