#!/usr/bin/env python3
"""Makes the data folder that every later program must open, check and drive on: first-release.tar.gz beside this file.

It was made once, with the program whose newest schema step is 002-orders, and is never made again: what an old program
wrote cannot be written by a newer one. The script stays to say what the folder holds. Usage, from the project's folder:

    PAYROUTER=path/to/old/payrouter python3 Tests/EndToEndTests/Fixtures/make-first-release.py

The folder holds sandbox money only; its master key protects nothing else.
"""
import http.client, http.server, json, os, shutil, signal, socket, subprocess, sys, tarfile, tempfile, threading, time
import urllib.parse, urllib.request, uuid

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(os.path.dirname(here)))
binary = os.environ.get("PAYROUTER", os.path.join(root, ".build/release/payrouter"))
work = tempfile.mkdtemp(prefix="payrouter-fixture-")
data = os.path.join(work, "data")
key = "sk_sandbox_demo"
urls = {"success": "https://shop.example/paid", "failure": "https://shop.example/failed"}


def free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SameReference(http.server.BaseHTTPRequestHandler):
    """A TMoney that gives every transaction the same reference of its own, and loses what it is told to lose."""

    debits, answers = {}, True

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        reply = {"statut": {"code": "2000"}, "data": {"token": "practice"}}
        if "transactionid" in self.path:
            name = urllib.parse.parse_qs(self.path.split("?", 1)[1])["idRequete"][0]
            known = SameReference.debits.get(name)
            reply = {"data": [], "total": 0}
            if known and SameReference.answers:
                reply = {"total": 1, "data": [{
                    "idRequete": name, "typeRequete": "DEBIT", "numeroClient": known["numeroClient"],
                    "montant": known["montant"], "statutRequete": "SUCCES", "code": "2002", "refTmoney": "TM0001"}]}
        elif "login" not in self.path:
            debit = json.loads(body)
            SameReference.debits[debit["idRequete"]] = debit
            reply = {"code": "2000", "message": "ok", "idRequete": debit["idRequete"]}
        text = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Router:
    def __init__(self, change=lambda c: None):
        configuration = json.load(open(os.path.join(root, "providers.json")))
        configuration["$schema"] = os.path.join(root, "providers.schema.json")
        change(configuration)
        path = os.path.join(work, "providers.json")
        json.dump(configuration, open(path, "w"))
        self.port, self.books_port = free(), free()
        self.process = subprocess.Popen(
            [binary, "serve", "--sandbox", "--config", path, "--port", str(self.port), "--sandbox-port",
             str(self.books_port), "--data", data], stderr=open(os.path.join(work, "log"), "ab"), stdout=subprocess.DEVNULL)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=1).read()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("the router did not start")

    def call(self, method, path, body=None, idempotency=None, sent=None, auth=key):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if auth:
            headers["Authorization"] = "Bearer " + auth
        if method == "POST":
            headers["Idempotency-Key"] = idempotency or str(uuid.uuid4())
        connection.request(method, path, json.dumps(body).encode() if body is not None else sent, headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text[:1] in b"{[" and text else text

    def pay(self, amount=5000, currency="XOF", channel="tmoney", phone="+22890000001", **more):
        body = {"amount": amount, "currency": currency, "channel": channel, **more}
        if phone:
            body["customer"] = {"phone": phone}
        status, made = self.call("POST", "/v1/payments", body)
        assert status in (201, 202), made
        return made

    def card(self, token="tok_visa", **more):
        return self.pay(5000, "USD", "card", None, source={"token": token}, return_urls=urls, **more)

    def pay_out(self, phone, channel, amount=4321, **more):
        status, made = self.call("POST", "/v1/payouts", {
            "amount": amount, "currency": "XOF", "channel": channel, "party": {"phone": phone}, **more})
        assert status in (201, 202), made
        return made

    def follow(self, payment, what, body):
        status, made = self.call("POST", f"/v1/payments/{payment['id']}/{what}", body)
        assert status in (200, 201, 202), made
        return made

    def open(self, payment):
        """Opens the page of a payment as its payer would."""
        action = payment["next_action"]
        link = action.get("url") or action.get("content")
        urllib.request.urlopen(link, timeout=20).read()

    def fault(self, **fault):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.books_port}/_faults", json.dumps(fault).encode(),
            {"Content-Type": "application/json"}, method="PUT")
        urllib.request.urlopen(request).read()

    def until(self, order, *statuses, seconds=25):
        path = {"pay": "payments", "po": "payouts", "re": "refunds"}[order["id"].split("_")[0]]
        for _ in range(seconds * 5):
            now = self.call("GET", f"/v1/{path}/{order['id']}")[1]
            if now["status"] in statuses:
                return now
            time.sleep(0.2)
        sys.exit(f"{order['id']} is {now['status']}, not {statuses}")

    def tell_online(self, payment, words):
        fields = payment["next_action"]["fields"]
        name = fields["purchaseref"]
        return self.call(
            "GET", f"/callbacks/tmoney-online-tg?purchaseref={name}&amount=5000&currency=952&" + words, auth=None)


def payrouter(*words):
    done = subprocess.run([binary, *words, "--data", data], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# One operator reference twice, and a payment that stays open at a provider whose operator falls silent.
fake = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SameReference)
threading.Thread(target=fake.serve_forever, daemon=True).start()
def at_fake(configuration):
    configuration["providers"][0]["base_url"] = f"http://127.0.0.1:{fake.server_address[1]}"
router = Router(at_fake)
notes = {}
for number in (1, 2):
    notes[f"same_reference_{number}"] = router.until(
        router.pay(reference=f"same-{number}", phone=f"+2289000001{number}"), "succeeded")["id"]
SameReference.answers = False
notes["under_review_unknown_end"] = router.pay(reference="silent-1", phone="+22890000013")["id"]
time.sleep(8)
router.process.send_signal(signal.SIGTERM)
router.process.wait(60)

def gone(configuration):
    """A provider that the configurations of later programs do not have."""
    copy = json.loads(json.dumps(next(p for p in configuration["providers"] if p["id"] == "flooz-tg")))
    copy["id"] = "flooz-old"
    configuration["providers"].append(copy)
    configuration["routing"]["rules"].insert(0, {
        "name": "The old connection", "when": {"channel": "flooz", "metadata": {"via": "old"}},
        "use": {"strategy": "priority", "providers": ["flooz-old"]}})
router = Router(gone)
router.call("POST", "/v1/webhook_endpoints", {"url": "https://shop.example/hooks"})
notes["succeeded"] = router.until(router.pay(reference="plain-1"), "succeeded")["id"]
notes["failed"] = router.until(router.pay(phone="+22890000003"), "failed")["id"]
notes["conflict"] = router.until(router.card("tok_sandbox_wrongAmount"), "under_review")["id"]
notes["hosted_choice"] = router.pay(channel="tmoney", phone=None, hosted=True, reference="hosted-1", expires_in=86400)["id"]
notes["cancelled"] = router.pay(channel="tmoney", phone=None, hosted=True)["id"]
router.follow({"id": notes["cancelled"]}, "cancel", {})
notes["awaiting_code"] = router.pay(7000, "TND", "flouci-code", None, expires_in=86400)["id"]
for number in (1, 2):
    notes[f"two_pages_of_one_order_{number}"] = router.pay(
        10001, "THB", "promptpay", None, reference="cart-77", return_urls=urls, expires_in=86400)["id"]
notes["open_page"] = router.pay(9001, "TND", "flouci", None, reference="page-1", return_urls=urls)["id"]

paid = router.until(router.card(), "succeeded")
notes["refunded_in_part"] = paid["id"]
notes["refund"] = router.until(router.follow(paid, "refunds", {"amount": 1001}), "succeeded")["id"]
notes["refund_failed"] = router.until(router.follow(paid, "refunds", {"amount": 1004}), "failed")["id"]
notes["refund_without_end"] = router.follow(paid, "refunds", {"amount": 1005})["id"]
paid = router.until(router.card(), "succeeded")
notes["refund_contradicted"] = router.until(router.follow(paid, "refunds", {"amount": 1030}), "succeeded")["id"]
paid = router.until(router.card(), "succeeded")
notes["refunded"], _ = paid["id"], router.until(router.follow(paid, "refunds", {}), "succeeded")
notes["held"] = router.until(router.card(capture=False), "authorized")["id"]
held = router.until(router.card(capture=False), "authorized")
notes["captured_in_part"] = held["id"]
router.follow(held, "capture", {"amount": 3000})
held = router.until(router.card(capture=False), "authorized")
notes["released"] = held["id"]
router.follow(held, "cancel", {})

notes["payout"] = router.until(router.pay_out("+22890000001", "tmoney", reference="salary-1"), "succeeded")["id"]
notes["payout_failed"] = router.until(router.pay_out("+22890000003", "tmoney"), "failed")["id"]
for number in (1, 2):
    router.fault(operator="paygate", operation="payout", count=1, fault="drop_after")
    notes[f"open_payout_of_one_order_number_{number}"] = router.pay_out(
        "+22896000001", "flooz", reference="salary-2026-11-employee-17")["id"]

router.fault(operator="flooz", operation="collect", count=1, fault="drop_before")
notes["unknown_at_a_provider_that_will_be_gone"] = router.pay(
    channel="flooz", phone="+22899123456", metadata={"via": "old"}, expires_in=86400)["id"]
late = router.pay(5000, "XOF", "tmoney-online", None, return_urls=urls)
notes["late_success"] = late["id"]
router.tell_online(late, "status=NOK&error=PAYMENT_FAILED")
router.until(late, "failed")
router.tell_online(late, "status=OK&error=&payid=P1")
router.call("POST", "/callbacks/tmoney-tg", {"idRequete": "nobody-knows-this"}, auth=None)
time.sleep(6)
for _ in range(2):
    payrouter("apps", "create", "Shop")
payrouter("apps", "disable", json.loads(payrouter("apps", "list", "--json"))["data"][-1]["id"])
# Stopped in order, so that the log is short; then killed while an answer is under way: an attempt in SENDING.
router.process.send_signal(signal.SIGTERM)
router.process.wait(60)
router = Router(gone)
router.fault(operator="tmoney", operation="collect", count=1, fault="delay", milliseconds=20000)

notes["pending_at_a_provider_that_will_be_gone"] = router.pay(
    channel="flooz", phone="+22899123457", metadata={"via": "old"}, expires_in=86400)["id"]


def send():
    try:
        router.pay(reference="in-flight-1", phone="+22890000002")
    except (OSError, http.client.HTTPException):
        pass  # Its router was killed, as it should be.


threading.Thread(target=send, daemon=True).start()
time.sleep(1.5)
router.process.kill()
router.process.wait()
json.dump(notes, open(os.path.join(data, "what-is-in-here.json"), "w"), indent=1)
for name in ("control.sock", "payrouter.sqlite.lock", "payrouter.sqlite-shm"):
    if os.path.exists(os.path.join(data, name)):
        os.remove(os.path.join(data, name))
target = os.path.join(here, "first-release.tar.gz")
with tarfile.open(target, "w:gz") as tar:
    tar.add(data, arcname="data")
print(json.dumps(notes, indent=1), os.path.getsize(target), "bytes")
shutil.rmtree(work)
