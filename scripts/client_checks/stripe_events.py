"""Events of the sandbox card operator, verified by the official Stripe library."""

import time
import unittest.mock
import uuid

import stripe

from .running import until

SECRET = "whsec_clients_0001"
PATH = "/card-events"


def run(checks, router, receiver):
    # From here on this account's events come here; the router's own card payments are not part of these checks.
    router.register("card", "sk_test_sandbox", receiver.url + PATH, SECRET)
    client = stripe.StripeClient(
        "sk_test_sandbox", base_addresses={"api": router.sandbox + "/card"}, max_network_retries=0
    )
    checks.group(types, client, receiver)
    delivered = receiver.at(PATH)
    if checks.that("something was delivered", delivered):
        checks.group(verification, delivered[0])


def signature(delivery):
    return next(value for name, value in delivery.headers.items() if name.lower() == "stripe-signature")


def read(delivery, secret=SECRET, body=None, header=None):
    return stripe.Webhook.construct_event(
        delivery.body if body is None else body, header or signature(delivery), secret
    )


def types(checks, client, receiver):
    name = f"order-{uuid.uuid4()}"
    charge = client.v1.charges.create(
        {"amount": 2_000, "currency": "usd", "source": "tok_visa", "metadata": {"order_id": name}},
        {"idempotency_key": name},
    )
    refund = client.v1.refunds.create({"charge": charge.id, "amount": 500})
    intent = client.v1.payment_intents.create(
        {"amount": 3_000, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True,
         "payment_method_types": ["card"]}
    )
    wanted = {"charge.succeeded", "refund.created", "charge.refunded", "payment_intent.succeeded"}
    until(lambda: wanted <= {read(one).type for one in receiver.at(PATH)})
    events = [read(one) for one in receiver.at(PATH)]
    found = {event.type: event for event in events}
    checks.that("every type came", wanted <= set(found), sorted(found))
    paid = next((event for event in events if event.data.object.id == charge.id), None)
    if checks.that("the charge's event", paid is not None):
        checks.equal("what it says", (paid.object, paid.livemode, paid.data.object.amount), ("event", False, 2_000))
        checks.equal("and whose it is", paid.data.object.metadata["order_id"], name)
        checks.equal("under which key", paid.request.idempotency_key, name)
    checks.that("the refund's event", any(event.data.object.id == refund.id for event in events))
    checks.that("the intent's event", any(event.data.object.id == intent.id for event in events))
    checks.equal("no event came twice", len({event.id for event in events}), len(events))


def verification(checks, delivery):
    refused = stripe.SignatureVerificationError
    checks.that("the secret as text", read(delivery).object == "event")
    checks.raises("another secret", refused, lambda: read(delivery, "whsec_clients_0002"))
    checks.raises("the secret without its prefix", refused, lambda: read(delivery, SECRET.removeprefix("whsec_")))
    checks.raises("one byte more", refused, lambda: read(delivery, body=delivery.body + b"\n"))
    checks.raises("another amount", refused, lambda: read(delivery, body=delivery.body.replace(b"2000", b"9000")))
    stamp, rest = signature(delivery).split(",", 1)
    later = f"t={int(stamp[2:]) + 1},{rest}"
    checks.raises("another time", refused, lambda: read(delivery, header=later))
    checks.raises("no signature", refused, lambda: read(delivery, header=stamp))
    now = time.time()
    for seconds, fresh in [(240, True), (310, False)]:
        with unittest.mock.patch("stripe._webhook.time.time", return_value=now + seconds):
            if fresh:
                checks.that(f"{seconds} s later", read(delivery).object == "event")
            else:
                checks.raises(f"{seconds} s later", refused, lambda: read(delivery))
