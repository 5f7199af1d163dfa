"""Signed notifications: taken, stored and applied."""
import hashlib
import hmac
import json
import os
import threading
import time

from .. import load, machine
from ..subjects import CARD, Router
from .shown import metric, ratio, show

_SUCCEEDED = 'payrouter_payments_total{status="succeeded"'
# Without any payment ending for so many seconds nothing more is waited for.
_PATIENCE = 3


def _notification(intent, reference):
    """What the operator says of one payment, signed now, as a line for `callbacks.lua`."""
    body = json.dumps({
        "id": f"evt_{intent}", "object": "event", "livemode": False, "type": "payment_intent.succeeded",
        "data": {"object": {
            "id": intent, "object": "payment_intent", "amount": 5000, "amount_received": 5000, "currency": "usd",
            "status": "succeeded", "livemode": False, "metadata": {"reference": reference}}}}, separators=(",", ":"))
    now = int(time.time())
    code = hmac.new(CARD["secrets"]["webhook_secret"].encode(), f"{now}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={now},v1={code} {body}\n"


def _applied(router, count, began):
    """Payments that became succeeded, and in how many seconds: what was only stored does not count."""
    done, at = 0, began
    while done < count and time.time() - at < _PATIENCE:
        time.sleep(0.05)
        now = int(metric(router, _SUCCEEDED))
        if now > done:
            done, at = now, time.time()
    return done, at - began


def callbacks(bench):
    """Card payments, then the operator's word about each of them, as fast as it can be said."""
    router = Router(bench.binary, "callbacks", CARD, bench.operators.url)
    router.pay(64, 1, load.CARD)
    known = len(bench.operators.confirmed())
    paid = router.pay(64, bench.seconds, load.CARD)
    told = bench.operators.confirmed()[known:]
    path = os.path.join(machine.FOLDER, "notifications")
    with open(path, "w") as file:
        file.writelines(_notification(*intent) for intent in told)
    cpu, began = machine.cpu_seconds(router.process.pid), time.time()
    answers = {}
    sender = threading.Thread(target=lambda: answers.update(load.notify(router.url, 64, path, len(told))))
    sender.start()
    done, seconds = _applied(router, len(told), began)
    sender.join()
    result = {"per_second": done / seconds if done else 0, "applied": done, "sent": len(told), **{
        name: answers[name] for name in ("p50_ms", "p99_ms", "errors")},
        "cpu_us": (machine.cpu_seconds(router.process.pid) - cpu) / max(1, done) * 1e6}
    show("router: card payments to be notified of", paid)
    show("router: signed notifications, applied", result,
         f"   CPU {result['cpu_us']:.0f} us   {done} of {len(told)} payments succeeded")
    value = ratio("notifications/s / payments/s", result["per_second"] / paid["per_second"], "1.2 or more")
    router.stop()
    return {"payments": paid, "notifications": result, "notifications / payments": value}
