"""Payments of amounts that payers type behind static QR codes, of the shop and of a wallet of its own."""
import hashlib

from . import ENDED, Shop
from ..asked import fresh_key

# What the payer's operator does with a payment.
PAID = ["succeeds", "lost_answer_executed", "declined", "succeeds"]


class CounterShop(Shop):
    """Payers who send the form again, twice at once or after a kill, and then pay over TMoney."""

    least = 4
    wallet = None

    def round(self):
        if self.wallet is None:
            status, made = self.until_answered(
                "POST", "/v1/wallets", {"owner": "app", "currency": "XOF"}, {"Idempotency-Key": fresh_key(self.dice)})
            if status != 201:
                raise ValueError(f"no wallet: {status} {made}")
            self.wallet = made["id"]
        wallet = self.turn("where", [None, self.wallet])
        asked = self.typed(f"/w/{wallet}" if wallet else self.world.counter, wallet)
        fields = {"amount": str(asked.body["amount"]), "note": asked.body["description"], "nonce": asked.key.replace("-", "")}
        links = []
        self.at_once([lambda: links.append(self.begin(asked, fields))] * self.turn("copies", [1, 2, 3]))
        if None in links:
            return
        phone = self.values["tmoney", "collect"][self.turn("paid", PAID)]["request"]["customer"]["phone"]
        path, query = links[0]
        self.page(f"{path}/choose?{query}", {"channel": "tmoney", "phone": phone})
        self.follow("/v1/payments", asked, ENDED, 6)

    def typed(self, path, wallet):
        """What a payer types, and the key under which the router keeps it."""
        amount, note = self.dice.choice([500, 1_250, 5_000]), f"till {self.number}-{self.rounds}"
        asked = self.new("payment", path, {"amount": amount, "description": note}, label="counter",
                         counter=wallet or "app")
        digest = hashlib.sha256(f"{amount}\x1f{note}".encode()).hexdigest()[:32]
        asked.kept_as = f"counter-{asked.key.replace('-', '')}-{digest}"
        return asked

    def begin(self, asked, fields):
        """Sends the form; the path and the query of the payment's page."""
        asked.sends += 1
        status, place, text = self.page(f"{asked.room}?lang=en", fields, asked)
        if status != 303:
            asked.refusal = (status, "page", text[-200:])
            return None
        path, query = place.split("?")
        asked.id = path.rsplit("/", 1)[1]
        asked.answers.add(asked.id)
        return path, query
