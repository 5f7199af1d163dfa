"""The old official Stripe library (2.76) against the sandbox card operator, in an interpreter of its own.

Usage: python -m client_checks.stripe_old <address>; prints how many checks passed and failed.
"""

import sys
import uuid

from .checks import Checks

if sys.version_info >= (3, 12):
    # The library's own copy of six cannot be imported by newer interpreters; the package is the same code.
    import six

    for name in ["", ".moves", ".moves.urllib", ".moves.urllib.parse"]:
        sys.modules["stripe.six" + name] = eval("six" + name)

import stripe  # noqa: E402


def run(checks, base):
    """This library writes booleans as Python does (`True`)."""
    stripe.api_key = "sk_test_sandbox"
    stripe.api_base = base
    stripe.max_network_retries = 0
    for part in [
        charges, paging, declines, keys, intents, refunds, credentials, capture_is_off, intents_are_confirmed_at_once,
        intents_are_listed, intents_are_modified, charges_are_modified, refunds_are_retrieved,
    ]:
        checks.group(part)


def charge(token="tok_visa", amount=2_000, **more):
    return stripe.Charge.create(amount=amount, currency="usd", source=token, **more)


def intent(method="pm_card_visa", amount=3_000, **more):
    return stripe.PaymentIntent.create(
        amount=amount, currency="usd", payment_method=method, payment_method_types=["card"], **more
    )


def charges(checks):
    made = charge(metadata={"order_id": "15", "a b": "ü&="}, description="Panier 15 & co.")
    checks.equal("a charge succeeds", (made.status, made.paid, made.captured), ("succeeded", True, True))
    checks.equal("its metadata", made.metadata.to_dict(), {"order_id": "15", "a b": "ü&="})
    checks.equal("it is found", stripe.Charge.retrieve(made.id).amount, 2_000)


def paging(checks):
    group = f"group-{uuid.uuid4()}"
    made = [charge(amount=1_000 + number, transfer_group=group).id for number in range(3)]
    page = stripe.Charge.list(limit=2, transfer_group=group)
    checks.equal("the newest come first", [one.id for one in page.data], made[:0:-1])
    every = [one.id for one in stripe.Charge.list(limit=1, transfer_group=group).auto_paging_iter()]
    checks.equal("the library turns the pages", every, made[::-1])


def declines(checks):
    checks.raises(
        "a decline", stripe.error.CardError, lambda: charge("tok_chargeDeclined"),
        lambda error: error.http_status == 402 and error.code == "card_declined"
        and error.error.decline_code == "generic_decline",
    )
    checks.raises(
        "no such charge", stripe.error.InvalidRequestError, lambda: stripe.Charge.retrieve("ch_none"),
        lambda error: error.http_status == 404 and error.code == "resource_missing",
    )
    checks.raises(
        "no amount", stripe.error.InvalidRequestError,
        lambda: stripe.Charge.create(currency="usd", source="tok_visa"), lambda error: error.param == "amount",
    )


def keys(checks):
    key = str(uuid.uuid4())
    first = charge(idempotency_key=key)
    checks.equal("one key is one charge", charge(idempotency_key=key).id, first.id)
    checks.raises(
        "a key with other parameters", stripe.error.IdempotencyError,
        lambda: charge(amount=2_001, idempotency_key=key), lambda error: error.http_status == 400,
    )


def intents(checks):
    made = intent(metadata={"order_id": "16"})
    checks.equal("an intent waits", made.status, "requires_confirmation")
    paid = stripe.PaymentIntent.confirm(made.id)
    checks.equal("it succeeds", (paid.status, paid.amount_received), ("succeeded", 3_000))
    found = stripe.PaymentIntent.retrieve(made.id, expand=["latest_charge"])
    checks.equal("it is found", (found.status, found.latest_charge.object), ("succeeded", "charge"))
    checks.equal("cancelled", stripe.PaymentIntent.cancel(intent().id).status, "canceled")


def refunds(checks):
    paid = charge()
    part = stripe.Refund.create(charge=paid.id, amount=700)
    checks.equal("a part goes back", (part.status, part.amount), ("succeeded", 700))
    rest = stripe.Refund.create(charge=paid.id)
    checks.equal("then the rest", rest.amount, 1_300)
    checks.equal("both are listed", [one.id for one in stripe.Refund.list(charge=paid.id).data], [rest.id, part.id])
    checks.raises(
        "and nothing after it", stripe.error.InvalidRequestError, lambda: stripe.Refund.create(charge=paid.id),
        lambda error: error.code == "charge_already_refunded",
    )


def credentials(checks):
    checks.raises(
        "another key", stripe.error.AuthenticationError, lambda: stripe.Charge.list(api_key="sk_test_other"),
        lambda error: error.http_status == 401,
    )


def capture_is_off(checks):
    held = charge(capture=False)
    checks.equal("a hold is not captured", (held.status, held.captured), ("succeeded", False))
    taken = stripe.Charge.capture(held.id, amount=1_500)
    checks.equal("a part is captured", (taken.captured, taken.amount_captured), (True, 1_500))
    checks.equal("and with True at once", charge(capture=True).captured, True)


def intents_are_confirmed_at_once(checks):
    checks.equal("confirmed at once", intent(confirm=True).status, "succeeded")
    checks.equal("or not", intent(confirm=False).status, "requires_confirmation")
    checks.raises(
        "nobody is there to ask", stripe.error.CardError,
        lambda: intent("pm_card_authenticationRequired", confirm=True, error_on_requires_action=True),
        lambda error: "authentication_required" in (error.code, error.error.decline_code),
    )


def intents_are_listed(checks):
    made = [intent().id for _ in range(3)]
    checks.equal("the newest first", [one.id for one in stripe.PaymentIntent.list(limit=2).data], made[:0:-1])


def intents_are_modified(checks):
    made = intent(metadata={"a": "1"})
    changed = stripe.PaymentIntent.modify(made.id, metadata={"b": "2"})
    checks.equal("metadata is merged", changed.metadata.to_dict(), {"a": "1", "b": "2"})
    made.description = "other"
    made.save()
    checks.equal("saved", stripe.PaymentIntent.retrieve(made.id).description, "other")


def charges_are_modified(checks):
    made = charge()
    changed = stripe.Charge.modify(made.id, metadata={"b": "2"}, description="other")
    checks.equal("both are kept", (changed.description, changed.metadata.to_dict()), ("other", {"b": "2"}))


def refunds_are_retrieved(checks):
    part = stripe.Refund.create(charge=charge().id, amount=700)
    checks.equal("a refund is found", stripe.Refund.retrieve(part.id).amount, 700)


if __name__ == "__main__":
    counted = Checks("stripe-old")
    run(counted, sys.argv[1])
    print(f"{counted.passed} passed, {counted.failed} failed")
