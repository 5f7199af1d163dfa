"""The sandbox Ksher operators, checked by the operator's published rules for signatures.

The package `ksher` on PyPI carries no code in any of its releases, and the client for the REST interface is in no package
index, so the rules are written down here anew: HMAC-SHA256 over path and sorted members as Python spells them (REST), and
RSA with MD5 over sorted `key=value` (the other interface).
"""

import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import rsa

from .running import ROOT

sys.path.append(str(ROOT / "scripts" / "lib"))
from shipped import written_out  # noqa: E402

TOKEN = "sandbox-token-0001"


def run(checks, router):
    rest = Rest(router.sandbox + "/ksher")
    for part in [orders, cancels, settlements, forged]:
        checks.group(part, rest)
    checks.group(gateway, router.sandbox + "/ksher-rsa")


class Rest:
    """Signs calls and verifies answers."""

    def __init__(self, base):
        self.base = base

    def sign(self, path, fields):
        text = path + "".join(f"{name}{fields[name]}" for name in sorted(fields) if name != "signature")
        return hmac.new(TOKEN.encode(), text.encode(), hashlib.sha256).hexdigest().upper()

    def call(self, method, path, fields=None):
        """Status, object, and whether the object is signed."""
        fields = {**(fields or {}), "timestamp": str(int(time.time()))}
        fields["signature"] = self.sign(path, fields)
        body, query = None, ""
        if method == "GET":
            query = "?" + urllib.parse.urlencode(fields)
        else:
            body = json.dumps(fields).encode()
        request = urllib.request.Request(
            self.base + path + query, body, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                found = json.loads(reply.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read()), False
        # The address of the log is the one member that is not signed.
        rest = {name: value for name, value in found.items() if name not in ("signature", "log_entry_url")}
        return 200, found, found.get("signature") == self.sign(path, rest)

    def page(self, **more):
        reference = uuid.uuid4().hex
        fields = {
            "amount": 5_000, "merchant_order_id": reference, "channel": "linepay,promptpay", "note": "Panier 15, l'été",
            "redirect_url": "https://shop.example/ok", "redirect_url_fail": "https://shop.example/no", **more,
        }
        return reference, self.call("POST", "/api/v1/redirect/orders", fields)

    def order(self, method, reference, fields=None):
        return self.call(method, f"/api/v1/redirect/orders/{reference}", fields)

    def decide(self, reference, wallet):
        data = urllib.parse.urlencode({"decision": wallet}).encode()
        opener = urllib.request.build_opener(NoRedirect)
        try:
            return opener.open(f"{self.base}/pay/{reference}", data, timeout=30).status
        except urllib.error.HTTPError as error:
            return error.code


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def orders(checks, rest):
    reference, (status, made, signed) = rest.page(mid="mch35618")
    checks.equal("an order is opened", (status, made["error_code"], made["status"]), (200, "SUCCESS", "Available"))
    checks.that("and signed", signed, made)
    checks.equal("its note and sub-merchant", (made["note"], made["mid"]), ("Panier 15, l'été", "mch35618"))
    checks.equal("a wallet that is not offered", rest.decide(reference, "truemoney"), 404)
    checks.equal("is paid", rest.decide(reference, "linepay"), 303)
    _, found, signed = rest.order("GET", reference, {"mid": "mch35618"})
    checks.equal("asked about", (found["status"], found["channel"], found["amount"]), ("Paid", "linepay", 5_000))
    checks.equal("its note is told again", (found["note"], found["mid"], signed), ("Panier 15, l'été", "mch35618", True))
    _, back, signed = rest.order("PUT", reference, {"refund_amount": 2_000, "refund_order_id": uuid.uuid4().hex})
    checks.equal("a part goes back", (back["error_code"], back["amount"], signed), ("REFUNDED", -2_000, True))


def cancels(checks, rest):
    reference, _ = rest.page()
    status, gone, signed = rest.order("DELETE", reference)
    checks.equal("an order is cancelled", (status, gone["error_code"], gone["status"]), (200, "SUCCESS", "Closed"))
    checks.that("and signed", signed, gone)
    rest.decide(reference, "linepay")
    checks.equal("nobody pays it any more", rest.order("GET", reference)[1]["status"], "Closed")
    paid, _ = rest.page()
    rest.decide(paid, "promptpay")
    _, kept, signed = rest.order("DELETE", paid)
    checks.equal("a paid one stays", (kept["error_code"], kept["status"], signed), ("FAIL", "Paid", True))
    checks.equal("an unknown one", rest.order("DELETE", "none")[0], 404)


def settlements(checks, rest):
    reference, _ = rest.page(mid="it's")
    rest.decide(reference, "linepay")
    root = "/api/v1/finance/settlements"
    today, next_day = (time.strftime("%Y%m%d", time.gmtime(time.time() + offset)) for offset in (0, 86_400))
    _, wallets, signed = rest.call("GET", root + "/channels", {"mid": "it's"})
    checks.that("the wallets are signed", signed and "linepay" in wallets["data"]["channels"], wallets)
    _, found, signed = rest.call("GET", f"{root}/order/{today}", {"offset": "0", "limit": "50"})
    checks.that("a day's payments are signed", signed, found)
    checks.that("and complete", reference in [row["order_id"] for row in found["data"]["data"]], found)
    _, sums, signed = rest.call("GET", f"{root}/{next_day}", {"channel": "linepay", "mid": "mch35618"})
    checks.that("a settlement is signed", signed, sums)
    checks.that("its sums", sums["data"]["amount"] >= 5_000 and sums["data"]["transfer"] is False, sums)
    _, rows, signed = rest.call(
        "GET", root + "/settlement_order", {"reference_id": sums["data"]["reference_id"], "offset": "0", "limit": "50"}
    )
    checks.that("its payments are signed", signed, rows)
    checks.that("and named", reference in [row["order_id"] for row in rows["data"]["data"]], rows)


def forged(checks, rest):
    other = Rest(rest.base)
    other.sign = lambda path, fields: "0" * 64
    checks.equal("a wrong signature is refused", other.page()[1][0], 401)
    _, (_, made, signed) = rest.page(amount=10_023)
    checks.that("a foreign signature is seen", not signed, made)


def gateway(checks, base):
    """The RSA interface, with the keys of the shipped configuration."""
    provider = next(one for one in written_out()["providers"] if one["id"] == "ksher-rsa-th")
    ours = rsa.PrivateKey.load_pkcs1(pem("RSA PRIVATE KEY", provider["secrets"]["private_key"]))
    theirs = rsa.PublicKey.load_pkcs1_openssl_pem(pem("PUBLIC KEY", provider["settings"]["ksher_public_key"]))

    def text(fields):
        return "".join(sorted(f"{name}={spelled(value)}" for name, value in fields.items())).encode()

    def call(path, fields):
        fields = {
            **fields, "appid": provider["settings"]["appid"], "nonce_str": uuid.uuid4().hex,
            "time_stamp": time.strftime("%Y%m%d%H%M%S"),
        }
        fields["sign"] = rsa.sign(text(fields), ours, "MD5").hex()
        request = urllib.request.Request(base + path, urllib.parse.urlencode(fields).encode())
        with urllib.request.urlopen(request, timeout=30) as reply:
            found = json.loads(reply.read())
        try:
            signed = rsa.verify(text(found["data"]), bytes.fromhex(found["sign"]), theirs) == "MD5"
        except (rsa.VerificationError, KeyError):
            signed = False
        return found, signed

    reference = uuid.uuid4().hex
    found, signed = call("/api/gateway_pay", {
        "mch_order_no": reference, "total_fee": "5000", "fee_type": "THB", "channel_list": "linepay,truemoney",
        "mch_code": reference, "mch_redirect_url": "https://shop.example/ok",
        "mch_redirect_url_fail": "https://shop.example/no", "product_name": "Panier 15", "refer_url": "https://shop.example",
    })
    checks.that("a page is opened and signed", signed and found["code"] == 0, found)
    Rest(base).decide(reference, "truemoney")
    found, signed = call("/api/gateway_order_query", {"mch_order_no": reference})
    checks.equal("paid and signed", (found["data"]["result"], found["data"]["total_fee"], signed), ("SUCCESS", 5_000, True))
    number = found["data"]["pay_mch_order_no"]
    found, signed = call("/KsherPay/order_refund", {
        "mch_order_no": number, "mch_refund_no": uuid.uuid4().hex, "total_fee": "5000", "refund_fee": "2000",
        "fee_type": "THB",
    })
    checks.that("given back and signed", signed and found["data"]["result"] == "SUCCESS", found)
    found, signed = call("/KsherPay/refund_query", {"mch_order_no": number})
    checks.that("the list of refunds is signed", signed and len(found["data"]["refund_orders"]) == 1, found)


def spelled(value):
    """Nested values as compact JSON, with sorted names."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return str(value)


def pem(kind, text):
    lines = "\n".join(text[at:at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----\n".encode()
