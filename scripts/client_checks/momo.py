"""momo-openapi against the sandbox MTN operator: sandbox, older platform and newer platform."""

import uuid
from urllib.parse import urlsplit

import momo_openapi
import requests
from momo_openapi import Collection, Disbursement, MomoConfig
from momo_openapi.errors import AuthenticationError, MomoAPIError

from .running import until

COLLECTION, DISBURSEMENT = "mtn-practice-collection", "mtn-practice-disbursement"
# User id and key of the older platform, and of the newer one, whose ids are no UUIDs.
OLDER = ("7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1", "mtn-practice-key")
NEWER = ("bW9tby1wcmFjdGljZS11c2Vy==", "mtn-practice:token!")


def run(checks, router):
    base = router.sandbox + "/mtn-momo"
    checks.group(sandbox_user, base)
    for who in [OLDER, NEWER]:
        checks.group(collections, base, who, router)
        checks.group(payouts, base, who, router)
    checks.group(refusals, base)
    checks.group(environments, base)


def config(base, who, subscription=COLLECTION, environment="mtncameroon", currency="XAF"):
    return MomoConfig(
        subscription_key=subscription, user_id=who[0], credential_token=who[1], target_environment=environment,
        base_url=base, currency=currency,
    )


def ended(client, reference):
    """How a transaction ended; the last status if it did not."""
    seen = []

    def look():
        seen.append(client.get_transaction_status(reference))
        return seen[-1]["status"] != "PENDING"

    until(look)
    return seen[-1]


class Elsewhere(requests.adapters.HTTPAdapter):
    """Sends what goes to the operator's own test system to the sandbox operator."""

    def __init__(self, base):
        super().__init__()
        self.base = base

    def send(self, request, **more):
        request.url = self.base + urlsplit(request.url).path
        return super().send(request, **more)


def sandbox_user(checks, base):
    session = requests.Session()
    session.mount(momo_openapi.SANDBOX_URL, Elsewhere(base))
    client = Collection.for_sandbox(COLLECTION, callback_host="shop.example", session=session)
    checks.equal("a fresh user is of the sandbox", client.config.target_environment, "sandbox")
    # The official matrix of test numbers.
    rows = [
        ("46733123999", "SUCCESSFUL", None), ("46733123451", "FAILED", "APPROVAL_REJECTED"),
        ("46733123452", "FAILED", "EXPIRED"), ("46733123455", "FAILED", "PAYER_NOT_FOUND"),
        ("46733123461", "FAILED", "INTERNAL_PROCESSING_ERROR"), ("46733123462", "FAILED", "SERVICE_UNAVAILABLE"),
    ]
    for phone, status, reason in rows:
        reference = client.request_to_pay("12.50", phone, "order-42", payer_message="Order 42")
        found = ended(client, reference)
        checks.equal(f"{phone}", (found["status"], (found.get("reason") or {}).get("code")), (status, reason))
    checks.equal("its money", (found["amount"], found["currency"], found["externalId"]), ("12.50", "EUR", "order-42"))
    checks.equal("the balance is in euros", client.get_balance()["currency"], "EUR")


def collections(checks, base, who, router):
    client = Collection(config(base, who))
    reference = client.request_to_pay(
        "5000", "237670000001", "order-1", payer_message="Panier 15", payee_note="Merci"
    )
    found = ended(client, reference)
    checks.equal("a payment succeeds", (found["status"], found["amount"]), ("SUCCESSFUL", "5000"))
    checks.equal("whose it is", (found["payer"]["partyId"], found["externalId"]), ("237670000001", "order-1"))
    checks.that("the operator names it", found["financialTransactionId"])
    checks.equal("it moved once", [one["amount"] for one in router.books(reference)], [5_000])
    own = str(uuid.uuid4())
    checks.equal("a reference of ours", client.request_to_pay("100", "237670000001", "order-2", reference_id=own), own)
    checks.raises(
        "and only once", MomoAPIError,
        lambda: client.request_to_pay("100", "237670000001", "order-2", reference_id=own),
        lambda error: error.status_code == 409 and error.code == "RESOURCE_ALREADY_EXIST",
    )
    low = ended(client, client.request_to_pay(700, "237670000003", "order-3"))
    checks.equal("too little money", (low["status"], low["reason"]["code"]), ("FAILED", "NOT_ENOUGH_FUNDS"))


def payouts(checks, base, who, router):
    client = Disbursement(config(base, who, DISBURSEMENT))
    before = int(client.get_balance()["availableBalance"])
    reference = client.transfer("2500", "237670000001", "payout-7", payee_note="Salaire 7")
    found = ended(client, reference)
    checks.equal("a payout succeeds", (found["status"], found["amount"]), ("SUCCESSFUL", "2500"))
    checks.equal("who got it", found["payee"]["partyId"], "237670000001")
    checks.equal("it moved once", [one["kind"] for one in router.books(reference)], ["payout"])
    checks.equal("and left the account", before - int(client.get_balance()["availableBalance"]), 2_500)


def refusals(checks, base):
    client = Collection(config(base, OLDER))
    checks.raises(
        "another currency", MomoAPIError,
        lambda: client.request_to_pay("5000", "237670000001", "x", currency="EUR"),
        lambda error: error.status_code == 500 and error.code == "INVALID_CURRENCY",
    )
    checks.raises(
        "a note with an apostrophe", MomoAPIError,
        lambda: client.request_to_pay("5000", "237670000001", "x", payer_message="it's"),
        lambda error: error.status_code == 400,
    )
    checks.raises(
        "a reference that is no UUID", MomoAPIError,
        lambda: client.request_to_pay("5000", "237670000001", "x", reference_id="order-1"),
        lambda error: error.status_code == 400,
    )
    checks.raises(
        "a payment that nobody asked for", MomoAPIError, lambda: client.get_transaction_status(str(uuid.uuid4())),
        lambda error: error.status_code == 404 and error.code == "RESOURCE_NOT_FOUND",
    )
    for who in [(OLDER[0], "wrong"), (str(uuid.uuid4()), OLDER[1]), (NEWER[0], OLDER[1])]:
        checks.raises(
            f"credentials of {who[0]}", AuthenticationError, lambda: Collection(config(base, who)).get_access_token(),
            lambda error: error.code == "invalid_client",
        )
    checks.raises(
        "another product's subscription", AuthenticationError,
        lambda: Collection(config(base, OLDER, DISBURSEMENT)).get_access_token(),
    )


def environments(checks, base):
    for who in [OLDER, NEWER]:
        checks.raises(
            f"another environment of {who[0]}", MomoAPIError,
            lambda: Collection(config(base, who, environment="mtnbenin")).get_access_token(),
            lambda error: error.status_code == 400 and "X-Target-Environment" in str(error.body),
        )
        checks.that(f"its own of {who[0]}", Collection(config(base, who)).get_access_token())
