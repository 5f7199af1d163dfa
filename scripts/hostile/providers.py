"""One operator's trouble stays its own."""
import collections
import concurrent.futures
import http.client
import http.server
import json
import statistics
import subprocess
import sys
import threading
import time

from .books import gather, judge_money, money_limit
from .common import NO_ANSWER, Operators, Router
from .verdict import Check, Limit

HANGS = 20


class Between:
    """Stands between router and operators and keeps some calls waiting: those whose path holds `hanging`."""

    def __init__(self, operators):
        self.hanging, self.asked = None, 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length) if length else None
                if outer.hanging and outer.hanging in self.path:
                    outer.asked += 1
                    time.sleep(HANGS)
                link = http.client.HTTPConnection("127.0.0.1", operators.port, timeout=20)
                link.request(self.command, self.path, body, {
                    name: value for name, value in self.headers.items()
                    if name.lower() not in ("host", "content-length", "connection")})
                answer = link.getresponse()
                text = answer.read()
                link.close()
                try:
                    self.send_response(answer.status)
                    self.send_header("content-type", answer.getheader("content-type") or "text/plain")
                    self.send_header("content-length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except OSError:
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads, request_queue_size = True, 128

        server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()


BALANCE = (
    Limit("one hanging balance call: the slowest payout over another operator", "ms", most=1_000),
    Limit("one hanging balance call: questions put to the hanging operator for 7 payouts", "questions", most=2),
    money_limit("one hanging balance call"),
)


def balance(bench):
    operators = Operators(bench)
    between = Between(operators)
    router = Router(bench, between).start()
    made = set()

    def payout():
        begun = time.monotonic()
        try:
            answer = router.create({"amount": 700, "currency": "XOF", "channel": "tmoney",
                                    "party": {"phone": "+22890000001"}}, "/v1/payouts", timeout=100)
            if answer.status in (200, 201, 202):
                made.add(answer.json["id"])
        except NO_ANSWER:
            pass
        return (time.monotonic() - begun) * 1_000

    payout()
    # Until what is remembered of balances is old.
    time.sleep(11)
    between.hanging = "/card/v1/balance"
    took = [payout()]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        took += [wait.result() for wait in [pool.submit(payout) for _ in range(6)]]
    between.hanging = None
    time.sleep(2)
    moved = operators.movements()
    twice = len(moved) - len({one["reference"] for one in moved})
    faults = twice + max(0, len(made) - len(moved))
    return [BALANCE[0].judge(max(took)), BALANCE[1].judge(between.asked),
            BALANCE[2].judge(faults if made else None, f"{len(made)} payouts, {len(moved)} executions")]


BESIDE = (
    Limit("one hanging operator: p99 of another's payments, median of turns with and without it", "times", most=1.25),
    money_limit("one hanging operator"),
)
MTN = {"amount": 5_000, "currency": "XAF", "channel": "mtn-momo", "customer": {"phone": "+237670000001"}}
MTN_PAYOUT = {"amount": 700, "currency": "XAF", "channel": "mtn-momo", "party": {"phone": "+237670000001"}}
# Every call of the operator that a router makes without a new login.
CALLS = ("collect", "payout", "check", "balance", "party")


def beside(bench):
    """Turns without and with one operator hanging, whatever it is called for, each with the same work for both; their
    p99s in pairs."""
    operators = Operators(bench)
    router = Router(bench, operators).start()
    ratios, ids, other = [], f"{bench.place('ids')}/ids", collections.Counter()
    command = [sys.executable, str(bench.root / "Benchmarks" / "openloop"), "--port", str(router.port), "--ids", ids]
    stop = threading.Event()

    asks = {
        "payment": lambda: router.create(MTN, timeout=2),
        "payout": lambda: router.create(MTN_PAYOUT, "/v1/payouts", timeout=2),
        "balances": lambda: router.ask("GET", "/v1/balances", timeout=2),
        "party": lambda: router.ask("GET", "/v1/parties/+237670000001?channel=mtn-momo", timeout=2),
    }

    def others(name):
        while not stop.is_set():
            try:
                other[f"{name} {asks[name]().status}"] += 1
            except NO_ANSWER as error:
                other[f"{name} {type(error).__name__}"] += 1
            stop.wait(0.2)

    # As many payments as anything else together.
    threads = [threading.Thread(target=others, args=(name,), daemon=True)
               for name in ("payment", "payment", "payment", *asks)]
    for thread in threads:
        thread.start()
    measured = []

    def turn(hangs, seconds):
        if hangs:
            for call in CALLS:
                operators.fault(operator="mtn-momo", operation=call, count=100_000, fault="delay", milliseconds=8_000)
            time.sleep(1)
        done = subprocess.run([*command, "--rate", "40", "--seconds", str(seconds)], capture_output=True, text=True,
                              check=True)
        if hangs:
            # What hangs still hangs in the next turn otherwise.
            operators.no_fault()
            time.sleep(9)
        return json.loads(done.stdout)["accepted_ms"]["p99"]

    turn(False, 2)
    for number in range(bench.times(7)):
        # Whatever else this machine does falls on both alike.
        order = (False, True) if number % 2 == 0 else (True, False)
        took = {hangs: turn(hangs, 4) for hangs in order}
        measured.append((took[False], took[True]))
        if all(took.values()):
            ratios.append(took[True] / took[False])
    stop.set()
    for thread in threads:
        thread.join(10)
    accepted = open(ids).read().split()
    facts = gather(router, operators, accepted, 1)
    note = f"p99 in ms without and with: {measured}; calls for the operator that hangs: {dict(other)}"
    # Where nobody waited, nothing hung.
    figure = statistics.median(ratios) if ratios and other["payment TimeoutError"] else None
    return [BESIDE[0].judge(figure, note), judge_money(BESIDE[1], facts)]


CHECKS = [Check("one hanging balance call", balance, BALANCE, seconds=40),
          Check("one hanging operator", beside, BESIDE, seconds=25, more=110)]
