"""The router's webhooks, verified by the reference library of Standard Webhooks."""

import base64
import datetime
import json
import unittest.mock
import uuid

from standardwebhooks import Webhook, WebhookVerificationError

from .running import until


def run(checks, router, receiver):
    path = f"/shop-{uuid.uuid4()}"
    status, made = router.call("POST", "/v1/webhook_endpoints", {"url": receiver.url + path})
    if not checks.equal("an endpoint is made", (status, made.get("secret", "")[:6]), (201, "whsec_")):
        return
    payment = pay(checks, router)
    checks.group(delivered, receiver, path, made["secret"], payment)
    first = receiver.at(path)
    if checks.that("something was delivered", first):
        checks.group(verification, first[0], made["secret"])
    checks.group(rotation, router, receiver, path, made)
    checks.group(repeated, router, receiver)


def pay(checks, router):
    """A payment that succeeds; its object."""
    body = {
        "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890000001"},
        "reference": f"order-{uuid.uuid4()}", "description": "Panier 15, l'été à 100 %",
    }
    status, payment = router.call("POST", "/v1/payments", body)
    checks.that("a payment is taken", status in (201, 202), payment)
    path = f"/v1/payments/{payment['id']}"
    until(lambda: router.call("GET", path + "?wait=1")[1]["status"] == "succeeded")
    ended = router.call("GET", path)[1]
    checks.equal("it succeeds", ended["status"], "succeeded")
    return ended


def read(delivery, secret, **changes):
    headers = {**{name.lower(): value for name, value in delivery.headers.items()}, **changes.get("headers", {})}
    headers = {name: value for name, value in headers.items() if value is not None}
    return Webhook(secret).verify(changes.get("body", delivery.body), headers)


def delivered(checks, receiver, path, secret, payment):
    def succeeded(delivery):
        event = json.loads(delivery.body)
        return event["type"] == "payment.succeeded" and event["data"]["id"] == payment["id"]

    checks.that("the success is told", receiver.wait(path, fits=succeeded))
    arrived = receiver.at(path)
    events = [read(one, secret) for one in arrived]
    checks.that("from the beginning on", "payment.created" in [event["type"] for event in events], events)
    told = next((event for event in events if event["type"] == "payment.succeeded"), None)
    if checks.that("and verified", told is not None):
        checks.equal("what it says", (told["data"]["amount"], told["data"]["currency"]), (5_000, "XOF"))
        checks.equal("in its own words", told["data"]["description"], payment["description"])
    names = [one.headers.get("webhook-id") for one in arrived]
    checks.equal("each has a name of its own", len(set(names)), len(names))
    checks.that("without a full stop", all(name and "." not in name for name in names), names)
    checks.equal("its type", {one.headers.get("content-type") for one in arrived}, {"application/json"})


def verification(checks, delivery, secret):
    refused = WebhookVerificationError
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    checks.that("the right secret", read(delivery, secret)["type"])
    checks.that("a secret without padding", read(delivery, secret.rstrip("="))["type"])
    checks.raises("another secret", refused, lambda: read(delivery, other))
    # What Stripe does: the secret as text. It is not this scheme's.
    checks.raises(
        "the secret undecoded", refused,
        lambda: Webhook(secret.encode()).verify(delivery.body, dict(delivery.headers)),
    )
    checks.raises("one byte more", refused, lambda: read(delivery, secret, body=delivery.body + b" "))
    checks.raises("another amount", refused, lambda: read(delivery, secret, body=delivery.body.replace(b"5000", b"9000")))
    rewritten = json.dumps(json.loads(delivery.body)).encode()
    checks.raises("the same object, written anew", refused, lambda: read(delivery, secret, body=rewritten))
    stamp = int(delivery.headers["webhook-timestamp"])
    checks.raises("another name", refused, lambda: read(delivery, secret, headers={"webhook-id": "evt_other"}))
    checks.raises(
        "another time", refused, lambda: read(delivery, secret, headers={"webhook-timestamp": str(stamp + 1)})
    )
    version, signature = delivery.headers["webhook-signature"].split(" ")[0].split(",", 1)
    checks.equal("its version", version, "v1")
    checks.raises(
        "an unknown version alone", refused,
        lambda: read(delivery, secret, headers={"webhook-signature": f"v9,{signature}"}),
    )
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"]:
        checks.raises(f"without {name}", refused, lambda: read(delivery, secret, headers={name: None}))
    for seconds, fresh in [(240, True), (-240, True), (310, False), (-310, False)]:
        moment = datetime.datetime.fromtimestamp(stamp + seconds, datetime.timezone.utc)

        class Clock(datetime.datetime):
            @classmethod
            def now(cls, tz=None):
                return moment

        with unittest.mock.patch("standardwebhooks.webhooks.datetime", Clock):
            if fresh:
                checks.that(f"read {seconds} s later", read(delivery, secret)["type"])
            else:
                checks.raises(f"read {seconds} s later", refused, lambda: read(delivery, secret))


def rotation(checks, router, receiver, path, made):
    """While two secrets overlap, either verifies; afterwards only the new one would."""
    status, changed = router.call("POST", f"/v1/webhook_endpoints/{made['id']}/rotate", {"overlap_seconds": 600})
    checks.that("a new secret", status == 200 and changed["secret"] != made["secret"], changed)
    before = len(receiver.at(path))
    pay(checks, router)
    fresh = receiver.wait(path, before + 1)[before:]
    if not checks.that("told under both", fresh):
        return
    for secret in [made["secret"], changed["secret"]]:
        checks.that("either secret", read(fresh[0], secret)["type"])
    checks.equal("two signatures", len(fresh[0].headers["webhook-signature"].split(" ")), 2)
    status, last = router.call("POST", f"/v1/webhook_endpoints/{made['id']}/rotate", {"overlap_seconds": 0})
    before = len(receiver.at(path))
    pay(checks, router)
    fresh = receiver.wait(path, before + 1)[before:]
    if not checks.that("told under the newest", status == 200 and fresh, last):
        return
    checks.that("the newest secret", read(fresh[-1], last["secret"])["type"])
    checks.raises("the oldest secret", WebhookVerificationError, lambda: read(fresh[-1], made["secret"]))


def repeated(checks, router, receiver):
    """What a shop's server refuses comes again: the same event and body, signed anew."""
    path = f"/again-{uuid.uuid4()}"
    receiver.plan(path, 500)
    _, made = router.call("POST", "/v1/webhook_endpoints", {"url": receiver.url + path, "types": ["payment.succeeded"]})
    pay(checks, router)
    tries = receiver.wait(path, 2, seconds=40)
    if not checks.equal("two tries", len(tries), 2):
        return
    checks.equal("of one event", len({one.headers["webhook-id"] for one in tries}), 1)
    checks.equal("with one body", len({one.body for one in tries}), 1)
    checks.that("at two times", len({one.headers["webhook-timestamp"] for one in tries}) == 2)
    for one in tries:
        checks.equal("verified", read(one, made["secret"])["type"], "payment.succeeded")
