"""Shops whose payers type a card on the operator's own page, which is taken back while they do."""
import time

from . import Shop
from ..payer import visit

# Amounts in cents: paid a second after the page was opened, after five seconds, and by nobody.
AMOUNTS = [1_001, 5_005, 1_001, 1_002, 1_005]


class PageShop(Shop):
    """Cancels, or lets the time end, around the moment at which the payer pays."""

    least = 3

    def round(self):
        ends = self.turn("end", ["cancel", "time", "cancel", "late cancel"])
        body = {"amount": self.turn("amount", AMOUNTS), "currency": "USD", "channel": "card",
                "expires_in": 2 if ends == "time" else 15}
        asked = self.new("payment", "/v1/payments", body, label=f"card page/{ends}")
        order = self.send(asked)
        if order is None:
            return
        visit(self.world, asked, order)
        if ends == "time":
            return
        time.sleep(self.dice.uniform(0, 0.8) if ends == "cancel" else self.dice.uniform(0.8, 1.6))
        self.until_answered("POST", f"/v1/payments/{asked.id}/cancel")
