"""The newest official Stripe library against the sandbox card operator."""

import uuid

import stripe


def run(checks, base):
    client = stripe.StripeClient("sk_test_sandbox", base_addresses={"api": base}, max_network_retries=0)
    for part in [
        charges, holds, paging, declines, mistakes, keys, intents, secure, intent_holds, refunds, balance,
        intents_are_listed, intents_are_modified, charges_are_modified, refunds_are_retrieved, pages,
    ]:
        checks.group(part, client.v1)
    checks.group(credentials, base)
    checks.group(retries, base)


def charge(v1, token="tok_visa", amount=2_000, **more):
    return v1.charges.create({"amount": amount, "currency": "usd", "source": token, **more})


def intent(v1, method="pm_card_visa", amount=3_000, **more):
    given = {"amount": amount, "currency": "usd", "payment_method": method, "payment_method_types": ["card"], **more}
    return v1.payment_intents.create(given)


def charges(checks, v1):
    made = charge(v1, metadata={"order_id": "15", "a b": "ü&="}, description="Panier 15 & co.", receipt_email="a@b.example")
    checks.equal("a charge succeeds", (made.status, made.paid, made.captured), ("succeeded", True, True))
    checks.equal("its money", (made.amount, made.currency, made.amount_refunded), (2_000, "usd", 0))
    checks.equal("its metadata", made.metadata.to_dict(), {"order_id": "15", "a b": "ü&="})
    checks.equal("its description", made.description, "Panier 15 & co.")
    checks.equal("its card", made.payment_method_details.card.last4, "4242")
    checks.that("its request is named", made.last_response.request_id.startswith("req_"))
    found = v1.charges.retrieve(made.id)
    checks.equal("it is found", (found.id, found.amount, found.object), (made.id, 2_000, "charge"))
    francs = v1.charges.create({"amount": 500, "currency": "xof", "source": "tok_mastercard"})
    checks.equal("francs have no cents", (francs.amount, francs.currency, francs.status), (500, "xof", "succeeded"))


def holds(checks, v1):
    held = charge(v1, capture=False)
    checks.equal("a hold is not captured", (held.status, held.captured, held.amount_captured), ("succeeded", False, 0))
    taken = v1.charges.capture(held.id, {"amount": 1_500})
    checks.equal("a part is captured", (taken.captured, taken.amount_captured), (True, 1_500))
    checks.raises(
        "and only once", stripe.InvalidRequestError, lambda: v1.charges.capture(held.id),
        lambda error: error.code == "charge_already_captured" and error.http_status == 400,
    )
    other = charge(v1, capture=False)
    checks.raises(
        "never more than is held", stripe.InvalidRequestError,
        lambda: v1.charges.capture(other.id, {"amount": 2_001}), lambda error: error.param == "amount",
    )


def paging(checks, v1):
    group = f"group-{uuid.uuid4()}"
    made = [charge(v1, amount=1_000 + number, transfer_group=group).id for number in range(5)]
    page = v1.charges.list({"limit": 2, "transfer_group": group})
    checks.equal("the newest come first", [one.id for one in page.data], made[:2:-1])
    checks.equal("there are more", page.has_more, True)
    after = v1.charges.list({"limit": 2, "transfer_group": group, "starting_after": page.data[-1].id})
    checks.equal("the next page", [one.id for one in after.data], [made[2], made[1]])
    every = [one.id for one in v1.charges.list({"limit": 2, "transfer_group": group}).auto_paging_iter()]
    checks.equal("the library turns the pages", every, made[::-1])
    checks.raises(
        "a page of nothing", stripe.InvalidRequestError, lambda: v1.charges.list({"limit": 101}),
        lambda error: error.param == "limit",
    )


def declines(checks, v1):
    rows = [
        ("tok_chargeDeclined", "card_declined", "generic_decline"),
        ("tok_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("tok_chargeDeclinedExpiredCard", "expired_card", None),
        ("tok_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
        ("tok_chargeDeclinedProcessingError", "processing_error", None),
    ]
    for token, code, why in rows:
        checks.raises(
            token, stripe.CardError, lambda token=token: charge(v1, token),
            lambda error, code=code, why=why: error.code == code and error.http_status == 402
            and (why is None or error.error.decline_code == why) and error.error.charge.startswith("ch_"),
        )
    made = intent(v1)
    checks.raises(
        "an intent's decline carries the intent", stripe.CardError,
        lambda: v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa_chargeDeclined"}),
        lambda error: error.error.payment_intent.id == made.id
        and error.error.payment_intent.status == "requires_payment_method",
    )


def mistakes(checks, v1):
    wrong = stripe.InvalidRequestError
    checks.raises(
        "no such charge", wrong, lambda: v1.charges.retrieve("ch_none"),
        lambda error: error.http_status == 404 and error.code == "resource_missing",
    )
    checks.raises(
        "no amount", wrong, lambda: v1.charges.create({"currency": "usd", "source": "tok_visa"}),
        lambda error: error.code == "parameter_missing" and error.param == "amount",
    )
    checks.raises(
        "an unknown parameter", wrong, lambda: charge(v1, colour="red"),
        lambda error: error.code == "parameter_unknown" and error.param == "colour",
    )
    checks.raises("no such token", wrong, lambda: charge(v1, "tok_none"))
    checks.raises("an amount of nothing", wrong, lambda: charge(v1, amount=0))


def keys(checks, v1):
    key = str(uuid.uuid4())
    given = {"amount": 2_000, "currency": "usd", "source": "tok_visa"}
    first = v1.charges.create(given, {"idempotency_key": key})
    again = v1.charges.create(given, {"idempotency_key": key})
    checks.equal("one key is one charge", again.id, first.id)
    headers = again.last_response.headers
    checks.equal("and the answer says so", headers["Idempotent-Replayed"], "true")
    checks.equal("of which request", headers["Original-Request"], first.last_response.request_id)
    checks.raises(
        "a key with other parameters", stripe.IdempotencyError,
        lambda: v1.charges.create({**given, "amount": 2_001}, {"idempotency_key": key}),
        lambda error: error.http_status == 400,
    )
    refused = str(uuid.uuid4())
    declined = {**given, "source": "tok_chargeDeclined"}
    charges = []
    for number in range(2):
        checks.raises(
            f"a refusal is replayed: {number}", stripe.CardError,
            lambda: v1.charges.create(declined, {"idempotency_key": refused}),
            lambda error: charges.append(error.error.charge) is None,
        )
    checks.equal("as the same charge", len(set(charges)), 1)


def intents(checks, v1):
    made = intent(v1, metadata={"order_id": "16"}, description="Panier 16")
    checks.equal("an intent waits", (made.status, made.amount_received), ("requires_confirmation", 0))
    paid = v1.payment_intents.confirm(made.id, {"expand": ["latest_charge"]})
    checks.equal("it succeeds", (paid.status, paid.amount_received), ("succeeded", 3_000))
    checks.equal("with its charge", (paid.latest_charge.object, paid.latest_charge.payment_intent), ("charge", made.id))
    found = v1.payment_intents.retrieve(made.id)
    checks.equal("it is found", (found.status, found.metadata.to_dict()), ("succeeded", {"order_id": "16"}))
    checks.that("its charge by name", isinstance(found.latest_charge, str) and found.latest_charge.startswith("ch_"))
    checks.raises(
        "it succeeds once", stripe.InvalidRequestError, lambda: v1.payment_intents.confirm(made.id),
        lambda error: error.code == "payment_intent_unexpected_state"
        and error.error.payment_intent.status == "succeeded",
    )
    once = intent(v1, confirm=True)
    checks.equal("made and confirmed in one", once.status, "succeeded")
    left = intent(v1)
    gone = v1.payment_intents.cancel(left.id, {"cancellation_reason": "abandoned"})
    checks.equal("cancelled", (gone.status, gone.cancellation_reason), ("canceled", "abandoned"))


def secure(checks, v1):
    made = intent(v1, "pm_card_authenticationRequired", confirm=True, return_url="https://shop.example/back")
    checks.equal("it asks", (made.status, made.next_action.type), ("requires_action", "redirect_to_url"))
    checks.equal("and comes back", made.next_action.redirect_to_url.return_url, "https://shop.example/back")
    checks.raises(
        "nobody is there to ask", stripe.CardError,
        lambda: intent(v1, "pm_card_authenticationRequired", confirm=True, off_session=True),
        lambda error: "authentication_required" in (error.code, error.error.decline_code),
    )


def intent_holds(checks, v1):
    held = intent(v1, confirm=True, capture_method="manual")
    checks.equal("money is held", (held.status, held.amount_capturable), ("requires_capture", 3_000))
    taken = v1.payment_intents.capture(held.id, {"amount_to_capture": 1_000})
    checks.equal("a part is taken", (taken.status, taken.amount_received), ("succeeded", 1_000))
    other = intent(v1, confirm=True, capture_method="manual")
    checks.equal("a hold is released", v1.payment_intents.cancel(other.id).status, "canceled")


def refunds(checks, v1):
    paid = charge(v1)
    part = v1.refunds.create({"charge": paid.id, "amount": 700, "reason": "requested_by_customer"})
    checks.equal("a part goes back", (part.status, part.amount, part.charge), ("succeeded", 700, paid.id))
    checks.equal("the charge says so", v1.charges.retrieve(paid.id).amount_refunded, 700)
    checks.raises(
        "never more than is left", stripe.InvalidRequestError,
        lambda: v1.refunds.create({"charge": paid.id, "amount": 1_301}),
    )
    rest = v1.refunds.create({"charge": paid.id})
    checks.equal("the rest", (rest.amount, v1.charges.retrieve(paid.id).refunded), (1_300, True))
    listed = v1.refunds.list({"charge": paid.id})
    checks.equal("both are listed", [one.id for one in listed.data], [rest.id, part.id])
    checks.raises(
        "and nothing after it", stripe.InvalidRequestError, lambda: v1.refunds.create({"charge": paid.id}),
        lambda error: error.code == "charge_already_refunded",
    )
    made = intent(v1, confirm=True)
    back = v1.refunds.create({"payment_intent": made.id})
    checks.equal("by the intent", (back.amount, back.payment_intent), (3_000, made.id))


def balance(checks, v1):
    found = v1.balance.retrieve()
    checks.that("dollars are there", any(one.currency == "usd" and one.amount > 0 for one in found.available))


def credentials(checks, base):
    for key in ["sk_test_other", "pk_test_sandbox"]:
        client = stripe.StripeClient(key, base_addresses={"api": base}, max_network_retries=0)
        checks.raises(
            key, stripe.AuthenticationError, lambda: client.v1.charges.list(), lambda error: error.http_status == 401
        )


def retries(checks, base):
    """A lost answer is sent again by the library, under one key."""
    client = stripe.StripeClient("sk_test_sandbox", base_addresses={"api": base}, max_network_retries=2)
    name = f"lost-{uuid.uuid4()}"
    paid = charge(client.v1, "tok_sandbox_lostAnswerExecuted", metadata={"reference": name})
    checks.equal("the second answer is the first one's", paid.last_response.headers["Idempotent-Replayed"], "true")
    checks.equal("and names it", paid.metadata["reference"], name)


def intents_are_listed(checks, v1):
    made = [intent(v1).id for _ in range(3)]
    checks.equal("the newest first", [one.id for one in v1.payment_intents.list({"limit": 2}).data], made[:0:-1])
    after = v1.payment_intents.list({"limit": 1, "starting_after": made[1]})
    checks.equal("the next page", [one.id for one in after.data], made[:1])
    checks.equal("there are more", after.has_more, True)


def intents_are_modified(checks, v1):
    made = intent(v1, metadata={"a": "1", "b": "2"})
    changed = v1.payment_intents.update(made.id, {"metadata": {"a": "3", "b": ""}, "description": "other"})
    checks.equal("metadata is merged", changed.metadata.to_dict(), {"a": "3"})
    found = v1.payment_intents.retrieve(made.id)
    checks.equal("and kept", (found.description, found.metadata.to_dict()), ("other", {"a": "3"}))
    checks.equal("an amount may change", v1.payment_intents.update(made.id, {"amount": 3_100}).amount, 3_100)


def charges_are_modified(checks, v1):
    made = charge(v1, metadata={"a": "1"})
    changed = v1.charges.update(made.id, {"metadata": {"b": "2"}, "description": "other"})
    checks.equal("metadata is merged", changed.metadata.to_dict(), {"a": "1", "b": "2"})
    checks.equal("and kept", v1.charges.retrieve(made.id).description, "other")
    checks.raises(
        "money is not", stripe.InvalidRequestError, lambda: v1.charges.update(made.id, {"amount": 1}),
        lambda error: error.code == "parameter_unknown",
    )


def refunds_are_retrieved(checks, v1):
    part = v1.refunds.create({"charge": charge(v1).id, "amount": 700})
    found = v1.refunds.retrieve(part.id)
    checks.equal("a refund is found", (found.id, found.amount, found.status), (part.id, 700, "succeeded"))
    checks.raises(
        "and only that", stripe.InvalidRequestError, lambda: v1.refunds.retrieve("re_none"),
        lambda error: error.http_status == 404 and error.code == "resource_missing",
    )


def pages(checks, v1):
    """Checkout Sessions: opened, found, listed, expired once."""
    made = v1.checkout.sessions.create({
        "mode": "payment", "success_url": "https://shop.example/paid?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/back", "client_reference_id": "17", "metadata": {"order_id": "17"},
        "line_items": [{
            "quantity": 2,
            "price_data": {"currency": "usd", "unit_amount": 1_500, "product_data": {"name": "Panier 17"}},
        }],
        "payment_intent_data": {"metadata": {"order_id": "17"}},
    })
    checks.equal("a page is open", (made.status, made.payment_status, made.amount_total), ("open", "unpaid", 3_000))
    checks.that("it has an address", made.url.endswith(f"/c/pay/{made.id}"))
    checks.equal("a day long", made.expires_at - made.created, 86_400)
    checks.equal("it is found", v1.checkout.sessions.retrieve(made.id).metadata.to_dict(), {"order_id": "17"})
    checks.equal("and listed", v1.checkout.sessions.list({"limit": 1}).data[0].id, made.id)
    gone = v1.checkout.sessions.expire(made.id)
    checks.equal("it is expired", (gone.status, gone.url), ("expired", None))
    checks.raises(
        "once", stripe.InvalidRequestError, lambda: v1.checkout.sessions.expire(made.id),
        lambda error: error.http_status == 400,
    )
    checks.raises(
        "half an hour at least", stripe.InvalidRequestError,
        lambda: v1.checkout.sessions.create({
            "mode": "payment", "success_url": "https://shop.example/paid", "expires_at": made.created + 1_000,
            "line_items": [{
                "quantity": 1,
                "price_data": {"currency": "usd", "unit_amount": 1_500, "product_data": {"name": "Panier"}},
            }],
        }),
        lambda error: error.param == "expires_at",
    )
