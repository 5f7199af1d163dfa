"""The console: how long every page takes in a file with very many payments."""
import html
import http.client
import os
import random
import re
import subprocess
import time
import urllib.parse

from ..subjects import CARD, TMONEY, Router
from .shown import percentile

TIMES = 200
PASSWORD = "a bench needs a password"


class Visitor:
    """A signed-in person with a connection that is kept, as a browser has."""

    def __init__(self, port, public):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.public, self.cookies = public, {}

    def ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Origin": self.public}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, rest = value.split("=", 1)
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text

    def page(self, path):
        status, text = self.ask("GET", path)
        if status != 200:
            raise SystemExit(f"bench: {path}: {status} {text[:300]}")
        return text

    def submit(self, path, action, **typed):
        form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', self.page(path), re.S).group(0)
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
        fields = {name: html.unescape(value) for name, value in hidden} | typed
        status, text = self.ask("POST", action, urllib.parse.urlencode(fields))
        if status != 303:
            raise SystemExit(f"bench: {action}: {status} {text[:300]}")


def console(bench):
    """Every page of an admin, and what it leads to."""
    if not bench.fill:
        return None
    first = Router(bench.binary, "console", TMONEY, bench.operators.url, others={"bench-card": CARD})
    first.stop()
    generator = [os.path.join(os.path.dirname(bench.binary), "payment-generator"), "--data", first.data, "--config", first.configuration]
    for words in (["--count", str(bench.fill), "--sales", "0.3"], ["--figures"]):
        told = subprocess.run(generator + words, capture_output=True, text=True)
        if told.returncode:
            raise SystemExit("bench: the generator failed: " + told.stderr[-2_000:])
        print(told.stdout, end="", flush=True)
    router = Router(bench.binary, "console", TMONEY, bench.operators.url, others={"bench-card": CARD}, data=first.data)
    print(f"pages of the console with {bench.fill} payments, in ms", flush=True)
    figures = _figures(_admin(bench, router))
    router.stop()
    return figures


def _admin(bench, router):
    told = subprocess.run(
        [bench.binary, "users", "create", "Ada", "--email", "ada@example.com", "--username", "ada", "--admin", "--role",
         "developer", "--data", router.data], capture_output=True, text=True)
    if told.returncode:
        raise SystemExit("bench: no account was made: " + told.stderr)
    visitor = Visitor(router.admin_port, router.url)
    link = urllib.parse.urlsplit(re.search(r"http\S+", told.stdout).group(0))
    visitor.submit(f"{link.path}?{link.query}", "/console/reset", password=PASSWORD)
    visitor.submit("/console/signin", "/console/signin", username="ada", password=PASSWORD)
    return visitor


def _figures(visitor):
    dice = random.Random(7)

    def found(path, pattern):
        links = sorted(set(re.findall(pattern, visitor.page(path))))
        if not links:
            raise SystemExit(f"bench: {path} leads to nothing like {pattern}")
        return links

    orders = found("/console/orders", r"/console/orders/\w+_\w+")
    reviews = found("/console/reviews", r"/console/reviews/\w+_\w+")
    app = found("/console/apps", r"/console/apps/app_\w+")[0]
    user = found("/console/users", r"/console/users/acc_\w+")[0]
    line = found("/console/audit", r"/console/audit/\d+")[0]
    quarter = "from=" + time.strftime("%Y-%m-%d", time.gmtime(time.time() - 90 * 86_400)) + "&to=" + time.strftime("%Y-%m-%d", time.gmtime())
    pages = {
        "home": "/console", "figures, 30 days": "/console/figures", "figures, 90 days": f"/console/figures?{quarter}",
        "figures of one app, 90 days": f"/console/figures?app={app.rsplit('/')[-1]}&{quarter}", "orders": "/console/orders",
        "orders that failed": "/console/orders?status=failed", "orders by phone number": "/console/orders?text=%2B22890000017",
        "orders by amount": "/console/orders?text=5000+XOF", "an order": orders, "reviews": "/console/reviews",
        "a review": reviews, "providers": "/console/providers", "a provider": "/console/providers/bench",
        "webhooks": "/console/webhooks", "daily figures": "/console/snapshots", "audit trail": "/console/audit", "a line of it": line,
        "users": "/console/users", "a user": user, "apps": "/console/apps", "an app": app, "own account": "/console/account",
    }
    figures = {}
    for name, path in pages.items():
        times = []
        for _ in range(TIMES):
            address = path if isinstance(path, str) else dice.choice(path)
            began = time.perf_counter()
            visitor.page(address)
            times.append((time.perf_counter() - began) * 1_000)
        figures[name] = {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}
        print(f"  {name:28} p50 {figures[name]['p50']:7.2f}   p95 {figures[name]['p95']:7.2f}", flush=True)
    slow = [name for name, each in figures.items() if each["p95"] > 50]
    print(f"  over 50 ms at p95 (aim: none): {', '.join(slow) or 'none'}", flush=True)
    return figures
