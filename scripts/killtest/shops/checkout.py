"""Payments begun in browsers with the publishable key, over channels that wait for the shop and those that hold."""
import re
import urllib.parse

from . import Shop
from ..asked import fresh_key
from ..clock import now
from ..world import PUBLISHABLE

# Amount, currency, and what the payer chooses on the page. With Flouci's page money is held; its code goes to the shop.
PAGES = [
    (5_000, "XOF", {"channel": "tmoney", "phone": "+22890000001"}),
    (5_000, "XOF", {"channel": "tmoney", "phone": "+22890000002"}),
    (5_000, "XOF", {"channel": "tmoney", "phone": "+22890000006"}),
    (1_001, "XOF", {"channel": "tmoney-online"}),
    (5_000, "XAF", {"channel": "mtn-momo", "phone": "+237670000001"}),
    (10_001, "THB", {"channel": "promptpay"}),
    (10_001, "THB", {"channel": "thai-wallets"}),
    (1_001, "TND", {"channel": "flouci"}),
    (1_002, "TND", {"channel": "flouci"}),
    (1_010, "TND", {"channel": "flouci"}),
    (7_000, "TND", {"channel": "flouci-code"}),
]
CODE = "111111"
FATES = ["right", "never", "wrong first", "again", "wrong", "given up"]


class CheckoutShop(Shop):
    """Accepts some with the right amount, some after a wrong one, and some never."""

    least = 3

    def round(self):
        amount, currency, choice = self.turn("page", PAGES)
        self.channel = choice["channel"]
        asked = self.new("payment", "/v1/payments", {"amount": amount, "currency": currency}, begun=True,
                         label=f"begun {self.channel}/{amount}")
        link = self.begin(asked, amount, currency)
        if link is None:
            return
        status, _, text = self.page(f"{link[0]}/choose?{link[1]}", choice)
        if status != 303:
            asked.refusal = (status, "choose", " ".join(re.findall(r'class="error"[^>]*>([^<]*)', text)))
            return
        # Whoever pays on a page does so before the shop knows.
        self.follow("/v1/payments", asked, ("awaiting_acceptance",), 3)
        fate = self.turn("fate", FATES)
        if fate.startswith("wrong"):
            self.wrongly(asked, amount, currency)
        if fate in ("wrong", "never"):
            return
        if fate == "given up":
            return self.at_once([
                lambda: self.accept(asked, amount, currency), lambda: self.page(f"{link[0]}/cancel?{link[1]}", {})])
        key = self.accept(asked, amount, currency)
        if fate == "again":
            self.accept(asked, amount, currency, key)
            if self.channel != "flouci-code":
                self.accept(asked, amount, currency)
        self.follow("/v1/payments", asked, ("succeeded", "failed", "under_review"), 2)

    def begin(self, asked, amount, currency):
        """Opens the checkout; the page's path and its token."""
        fields = {"key": PUBLISHABLE, "amount": amount, "currency": currency, "lang": "en",
                  "nonce": asked.key.replace("-", ""), "reference": "cart-" + asked.key[:18]}
        for _ in range(self.dice.choice([1, 1, 2])):
            asked.sends += 1
            status, place, _ = self.page("/checkout", fields, asked)
            if status != 303:
                asked.refusal = (status, "checkout", None)
                return None
            path, query = place.split("?")
            asked.id = path.rsplit("/", 1)[1]
            asked.answers.add(asked.id)
        return path, "t=" + urllib.parse.parse_qs(query)["t"][0] + "&lang=en"

    def wrongly(self, asked, amount, currency):
        """Accepts what was not begun; the answers are kept with the order."""
        wrong = [(amount - 1, currency), (amount + 1, currency), (1, currency), (amount, "XPF")]
        for other, unit in self.dice.sample(wrong, 2):
            status, body = self.say(asked, other, unit, fresh_key(self.dice))
            asked.mismatches.append((status, body.get("code")))

    def accept(self, asked, amount, currency, key=None):
        """Accepts the right amount, until there is an answer; the key it went under."""
        key = key or fresh_key(self.dice)
        if asked.accepted is None:
            asked.accepted, asked.accepted_at = (amount, currency), now()
        status, body = self.say(asked, amount, currency, key)
        asked.acceptances.append((status, body.get("id"), body.get("code")))
        return key

    def say(self, asked, amount, currency, key):
        body, call = {"amount": amount, "currency": currency}, "accept"
        if self.channel == "flouci-code":
            body, call = {**body, "code": CODE}, "confirm"
        return self.until_answered("POST", f"/v1/payments/{asked.id}/{call}", body, {"Idempotency-Key": key})
