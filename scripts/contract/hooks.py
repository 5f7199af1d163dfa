"""What Schemathesis has to know about the router besides its document."""

import itertools
import re

import schemathesis
from hypothesis import strategies as st

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EXAMPLE_KEY = "0e3f9a52-7c0e"
# Whose ids a list's cursors are made of; all others list events.
LISTED = {
    "/v1/payments": "pay_",
    "/v1/payouts": "po_",
    "/v1/transfers": "tr_",
    "/v1/wallets": "wal_",
    "/v1/refunds": "re_",
    "/v1/payments/{id}/refunds": "re_",
    "/v1/reviews": "pay_",
    "/v1/bills": "bill_",
    "/v1/wallet/bills": "bill_",
}
# Lists of the books are numbered, or go through the accounts of several owners.
PLACES = {"/v1/wallets/{id}/history": "7", "/v1/wallet/history": "7", "/v1/ledger/postings": "7", "/v1/ledger/accounts": "1 "}
numbers = itertools.count(1)

# Cursors are opaque to callers, but only real ones are accepted; this is what they are made of.
# The first of 26 characters says three of 128 bits.
cursors = st.builds(
    lambda first, rest: f"pay_{first}{rest}".encode().hex(),
    st.sampled_from(ALPHABET[:8]), st.text(ALPHABET, min_size=25, max_size=25))
schemathesis.openapi.format("cursor", cursors)
schemathesis.openapi.format("phone", st.builds(
    lambda prefix, rest: f"+228{prefix}{rest:06d}",
    st.sampled_from([*range(70, 74), 78, 79, *range(90, 94), *range(96, 100)]), st.integers(0, 999_999)))


def whole(value):
    """JSON Schema calls 5.0 an integer; the router wants integers written as integers, as its document says."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(element) for element in value]
    if isinstance(value, dict):
        return {name: whole(element) for name, element in value.items()}
    return value


def add_up(body):
    """Has line items add up to the amount, and texts that say something, which a document cannot say."""
    customer = body.get("customer")
    if isinstance(customer, dict) and isinstance(customer.get("id"), str) and not is_plain(customer["id"]):
        customer["id"] = "customer-1"
    lines = body.get("line_items")
    if not lines:
        return
    for line in lines:
        line.update({name: line[name] if is_plain(line[name]) else "salt" for name in ("item", "name")})
    total = sum(line["quantity"] * line["unit_amount"] for line in lines)
    if 1 <= total <= 2**53 - 1:
        body["amount"] = total
    else:
        del body["line_items"]


def is_plain(text):
    return text.isascii() and text.isprintable() and not text.isspace()


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers or {}
    for name in list(headers):
        # Each example is a payment of its own, so its key must be fresh.
        if name.lower() == "idempotency-key" and EXAMPLE_KEY in str(headers[name]):
            headers[name] = str(headers[name]).replace(EXAMPLE_KEY, f"{next(numbers):08x}-7c0e")
    case.body = whole(case.body)
    # Which members need each other: an amount to be accepted with a code needs its currency, and the other way.
    if case.operation.path.endswith("/confirm") and isinstance(case.body, dict):
        if None in (case.body.get("amount"), case.body.get("currency")):
            case.body = {name: value for name, value in case.body.items() if name not in ("amount", "currency")}
    if case.operation.path in ("/v1/payments", "/v1/routes/explain") and isinstance(case.body, dict):
        if case.meta.generation.mode.is_positive:
            add_up(case.body)
    query = case.query or {}
    # Which parameters need each other, a document cannot say: an amount a currency.
    if "amount" in query:
        query.setdefault("currency", "XOF")
    # Postings are an account's or an order's, never both; an order's are one page.
    if case.operation.path == "/v1/ledger/postings" and case.meta.generation.mode.is_positive:
        query = {"order": query["order"]} if "order" in query else {"account": "fees:transfers", **query}
        case.query = query
    # Nobody needs to wait long here.
    if str(query.get("wait", "")).isdigit() and 0 <= int(query["wait"]) <= 30:
        query["wait"] = min(1, int(query["wait"]))
    # Lists are filtered by what the app has chosen, which a document cannot say. A query that is wrong anyway stays as it
    # is: what is changed is judged anew, and formats are not part of that judgement.
    if case.meta.generation.mode.is_positive:
        for name in [name for name in query if name.startswith("metadata[")]:
            del query[name]
    # Which channels are served, the configuration says.
    if case.operation.path == "/v1/parties/{phone}" and "channel" in query:
        query["channel"] = "mtn-momo"
    # Numbers in answers are masked; they are no numbers to look for.
    if "*" in str(query.get("phone", "")):
        del query["phone"]
    # A cursor belongs to its list.
    prefix = LISTED.get(case.operation.path, "evt_").encode().hex()
    for name in ("after", "before"):
        if re.fullmatch("7061795f[0-9a-f]{52}", str(query.get(name, ""))):
            place = PLACES.get(case.operation.path)
            query[name] = place.encode().hex() if place else prefix + query[name][8:]


@schemathesis.check
def refused_for_a_listed_reason(context, response, case):
    """A problem's code is one of those that the document lists for the call."""
    if not (response.headers.get("content-type") or [""])[0].startswith("application/problem+json"):
        return
    code = response.json().get("code")
    # Of methods that a path does not have, the document says nothing.
    listed = case.operation.definition.raw.get("x-problems", []) + ["method_not_allowed"]
    assert code in listed, f"{code} is not among x-problems: {', '.join(listed)}"
