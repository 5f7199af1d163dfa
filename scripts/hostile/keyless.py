"""Floods of requests that need no key: they cause little work, fill no disk, and take nothing from anybody else."""
import collections
import json
import socket
import threading
import time
import urllib.parse
import uuid

from openloop.report import percentile

from .books import gather, judge_money, money_limit
from .common import FORM, KEY, NO_ANSWER, PUBLISHABLE, SILENT, ask, connection, exchange, order, pair
from .verdict import Check, Limit

STRANGER, VICTIM, SHOP = "127.0.0.40", "127.0.0.41", "127.0.0.2"


class Flood:
    """Threads that each do `again(link)` over a connection of their own until told to stop; counts its statuses."""

    def __init__(self, router, again, threads=4, source=STRANGER):
        self.router, self.again, self.source = router, again, source
        self.counts, self._stop = collections.Counter(), threading.Event()
        self.threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]

    def _run(self):
        link = connection(self.router.port, 10, self.source)
        while not self._stop.is_set():
            try:
                status = self.again(link).status
                self.counts[status] += 1
                if status in (429, 503):
                    time.sleep(0.005)
            except NO_ANSWER as error:
                self.counts[type(error).__name__] += 1
                link.close()
                time.sleep(0.01)
        link.close()

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self._stop.set()
        for thread in self.threads:
            thread.join(15)
        return self.counts


BUTTON = (Limit("check button of a payer's page: operator checks in 4 s of pressing", "checks", most=10),)


def button(bench):
    """A waiting payment asks five times by itself in four seconds; each of those steps may be asked once more."""
    _, router = pair(bench)
    made, path, secret = router.hosted()
    chosen = router.ask("POST", f"{path}/choose?t={secret}", urllib.parse.urlencode(
        {"channel": "tmoney", "phone": SILENT}).encode(), key=None, headers=FORM)
    flood = Flood(router, lambda link: exchange(link, "POST", f"{path}/check?t={secret}", b"", None, FORM), 2).start()
    time.sleep(4)
    pressed = flood.stop()
    attempts = router.ask("GET", f"/v1/payments/{made['id']}").json["attempts"]
    checks = attempts[0]["checks"] if chosen.status in (200, 303) and attempts else None
    return [BUTTON[0].judge(checks, f"pressed {sum(pressed.values())} times: {dict(pressed)}")]


STREAMS = (
    Limit("event streams: open ones that one link gets", "streams", most=100),
    Limit("event streams: another link's streams that are refused meanwhile", "streams", most=0),
    Limit("event streams: memory they cost", "MB", most=64),
)


def streams(bench):
    """One link asks for 2100 streams; then the payer of another payment asks for one, from elsewhere."""
    _, router = pair(bench)
    _, path, secret = router.hosted()
    _, other, others_secret = router.hosted()
    before, links = router.memory, []
    for place in range(2_100):
        link = socket.socket()
        link.settimeout(5)
        try:
            link.bind((f"127.0.0.{60 + place % 20}", 0))
            link.connect(("127.0.0.1", router.port))
            link.sendall(f"GET {path}/events?t={secret} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        except OSError:
            pass
        links.append(link)
    time.sleep(2)
    # Whoever is refused is told what and closed, or answered with something else than 200.
    held = sum(_streams(link) for link in links)
    refused = 0
    for _ in range(3):
        try:
            with socket.create_connection(("127.0.0.1", router.port), 5, (VICTIM, 0)) as link:
                link.sendall(f"GET {other}/events?t={others_secret} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                link.settimeout(2)
                time.sleep(0.3)
                refused += not _streams(link)
        except OSError:
            refused += 1
    cost = router.memory - before
    for link in links:
        link.close()
    return [STREAMS[0].judge(held), STREAMS[1].judge(refused, "of 3"), STREAMS[2].judge(max(0, cost))]


def _streams(link):
    """Whether a stream runs over a connection: it began with 200, and nobody closed it."""
    got = b""
    try:
        link.setblocking(False)
        while True:
            more = link.recv(65_536)
            if not more:
                return False
            got += more
    except BlockingIOError:
        # What is refused ends its body at once.
        return got.startswith(b"HTTP/1.1 200") and not got.endswith(b"0\r\n\r\n")
    except OSError:
        return False


CHECKOUT = (
    Limit("checkout with a publishable key: payments that one address makes in 2 s", "payments", most=60),
    Limit("checkout with a publishable key: payers from elsewhere who are refused meanwhile", "payers", most=0),
)


def checkout(bench):
    _, router = pair(bench)

    def begin(link):
        fields = {"key": PUBLISHABLE, "amount": 5_000, "currency": "XOF", "nonce": uuid.uuid4().hex}
        return exchange(link, "POST", "/checkout", urllib.parse.urlencode(fields).encode(), None, FORM)

    return crowded(router, begin, CHECKOUT)


def crowded(router, begin, limits):
    """One address begins payments for two seconds; then others try."""
    flood = Flood(router, begin, 1).start()
    time.sleep(2)
    counts, refused = flood.counts.copy(), []
    for place in range(5):
        link = connection(router.port, 10, f"127.0.0.{90 + place}")
        try:
            answer = begin(link)
            refused += [answer.status] if answer.status != 303 else []
        except NO_ANSWER as error:
            refused.append(type(error).__name__)
        link.close()
    flood.stop()
    return [limits[0].judge(counts[303] if sum(counts.values()) else None, str(dict(counts))),
            limits[1].judge(len(refused), str(refused) if refused else "of 5")]


COUNTER = (
    Limit("static QR code: payments that one address makes in 2 s", "payments", most=60),
    Limit("static QR code: payers from elsewhere who are refused meanwhile", "payers", most=0),
)


def counter(bench):
    _, router = pair(bench)
    made = json.loads(router.command("apps", "qr", "demo", "XOF", "--environment", "sandbox", "--json").stdout)
    path = urllib.parse.urlsplit(made["qr_url"]).path

    def begin(link):
        fields = {"amount": 5_000, "note": "", "nonce": uuid.uuid4().hex}
        return exchange(link, "POST", path, urllib.parse.urlencode(fields).encode(), None, FORM)

    return crowded(router, begin, COUNTER)


UNKNOWN = (
    Limit("unknown keys: guesses of one address that are looked up in 2 s", "guesses", most=300),
    Limit("unknown keys: requests with a good key from elsewhere that are refused meanwhile", "requests", most=0),
)


def unknown(bench):
    _, router = pair(bench)
    flood = Flood(router, lambda link: exchange(
        link, "GET", "/v1/payments", key=f"sk_sandbox_{uuid.uuid4().hex}"), 4).start()
    until, asked, refused = time.monotonic() + 2, 0, 0
    link = connection(router.port, 10, SHOP)
    while time.monotonic() < until:
        asked += 1
        refused += exchange(link, "GET", "/v1/payments?limit=1").status != 200
        time.sleep(0.05)
    counts = flood.stop()
    return [UNKNOWN[0].judge(counts[401] if counts else None, str(dict(counts))),
            UNKNOWN[1].judge(refused if asked else None, f"of {asked}")]


LOOKUPS = (Limit("phone look-ups: phone numbers that one key looks up in 2 s", "numbers", most=300),)


def lookups(bench):
    _, router = pair(bench)
    numbers = iter(range(1_000_000))
    flood = Flood(router, lambda link: exchange(
        link, "GET", f"/v1/parties/%2B23767{next(numbers):07}", key=KEY), 4).start()
    time.sleep(2)
    counts = flood.stop()
    answered = sum(count for status, count in counts.items() if status in (200, 404))
    return [LOOKUPS[0].judge(answered if answered or counts[429] else None, str(dict(counts)))]


PENDING = {
    "tmoney-tg": order("+22890778810"), "flooz-tg": {**order("+22899778811"), "channel": "flooz"},
    "mtn-cm": {"amount": 5_000, "currency": "XAF", "channel": "mtn-momo", "customer": {"phone": "+237670778813"}},
    "flouci-tn": {"amount": 9_001, "currency": "TND", "channel": "flouci"},
    "ksher-th": {"amount": 9_001, "currency": "THB", "channel": "thai-wallets"},
    "ksher-rsa-qr-th": {"amount": 9_001, "currency": "THB", "channel": "promptpay"},
    "tmoney-online-tg": {"amount": 9_001, "currency": "XOF", "channel": "tmoney-online"},
}
RETURNS = {"success": "https://shop.example/paid", "failure": "https://shop.example/not"}
FORGED = (
    Limit("forged callbacks: payments that ended because a stranger said so", "payments", most=0),
    Limit("forged callbacks: providers it was tried with", "providers", least=5),
    Limit("forged callbacks, flood: what it leaves on disk per minute", "MB", most=64),
    Limit("forged callbacks, flood: p99 of payments created meanwhile", "ms", most=1_000),
    Limit("forged callbacks, flood: payments refused meanwhile", "payments", most=0),
    Limit("forged callbacks, flood: memory it costs", "MB", most=100),
    money_limit("forged callbacks"),
)


def _says_paid(reference, amount, currency):
    """What operators of every kind send when money came, without their signature."""
    fields = {"reference": reference, "idRequete": reference, "externalId": reference, "status": "SUCCESSFUL",
              "payment_id": reference, "mch_order_no": reference, "identifier": reference, "tx_reference": reference,
              "amount": str(amount), "currency": currency, "result": "SUCCESS", "code": "2000", "state": "paid",
              "transaction_id": reference}
    query, text = urllib.parse.urlencode(fields), {"Content-Type": "application/json"}
    return [("POST", "", json.dumps(fields).encode(), text), ("POST", "", query.encode(), FORM), ("GET", f"?{query}", None, {}),
            ("PUT", f"/{reference}", json.dumps(fields).encode(), text),
            ("GET", f"?type=Order&instance={reference}&code=StatusChange&message=Order%20Paid&signature={'0' * 64}", None, {})]


def forged(bench):
    operators, router = pair(bench)
    ended, tried = [], 0
    for provider, body in PENDING.items():
        more = {} if "customer" in body else {"return_urls": RETURNS}
        made = router.create({**body, **more}).json
        if not made.get("attempts"):
            continue
        tried += 1
        attempt = made["attempts"][-1]
        for reference in {attempt["reference"], attempt["operator_reference"]} - {None}:
            for method, path, text, headers in _says_paid(reference, made["amount"], made["currency"]):
                ask(router.port, method, f"/callbacks/{provider}{path}", text, None, headers, source=STRANGER)
        time.sleep(0.3)
        status = router.ask("GET", f"/v1/payments/{made['id']}").json["status"]
        if status in ("succeeded", "failed", "cancelled"):
            ended.append(f"{provider}: {status}")
    seconds = bench.lasts(8, 3)

    def hint(link):
        body = {"idRequete": str(uuid.uuid4()), "reference": str(uuid.uuid4()), "status": "x", "pad": "x" * 2_000}
        return exchange(link, "POST", "/callbacks/tmoney-tg", body, None)

    size, memory = router.disk(), router.memory
    flood = Flood(router, hint, 6).start()
    time.sleep(seconds / 2)
    # Nothing else is written yet.
    grown = (router.disk() - size) / 1e6 * 60 / (seconds / 2)
    until, took, refused, accepted = time.monotonic() + seconds / 2, [], 0, set()
    link = connection(router.port, 20, SHOP)
    while time.monotonic() < until:
        begun = time.monotonic()
        answer = exchange(link, "POST", "/v1/payments", order(), KEY, {"Idempotency-Key": uuid.uuid4().hex})
        took.append((time.monotonic() - begun) * 1_000)
        if answer.status in (200, 201, 202):
            accepted.add(answer.json["id"])
        else:
            refused += 1
    counts = flood.stop()
    dearer = router.memory - memory
    facts = gather(router, operators, accepted, 3)
    return [FORGED[0].judge(len(ended), "; ".join(ended)), FORGED[1].judge(tried),
            FORGED[2].judge(grown, f"{sum(counts.values())} callbacks in {seconds:.0f} s: {dict(counts)}"),
            FORGED[3].judge(percentile(took, 0.99)), FORGED[4].judge(refused if took else None, f"of {len(took)}"),
            FORGED[5].judge(max(0, dearer)), judge_money(FORGED[6], facts)]


CHECKS = [Check("check button of a payer's page", button, BUTTON, seconds=8),
          Check("event streams of one link", streams, STREAMS, seconds=12),
          Check("checkout with a publishable key", checkout, CHECKOUT, seconds=7),
          Check("static QR code", counter, COUNTER, seconds=7),
          Check("unknown keys", unknown, UNKNOWN, seconds=6),
          Check("phone look-ups", lookups, LOOKUPS, seconds=6),
          Check("forged callbacks", forged, FORGED, seconds=20, more=8)]
