"""Holders who pay a shop's payment, which waits for its payer, out of their wallets; two of them at once."""
import urllib.parse

from . import ENDED
from ..asked import fresh_key
from ..world import KEY
from .holders import People

# Why a payer may be refused, beside a code that is used up.
OVER = ("payment_state_conflict", "insufficient_funds", "wallet_limit_reached", "code_refused")


class PayerShop(People):
    """Shows a payment to two holders, who agree to it at once; only one of them can pay."""

    least = 3

    def round(self):
        holders = [self.person(), self.person(1)]
        if self.rounds % 4 == 0:
            for holder in holders:
                self.top_up(holder)
        self.show_to(holders)

    def show_to(self, holders, app=KEY):
        """Has holders pay a shop at once, each with a code."""
        asked = self.new("payment", "/v1/payments", {"amount": 850, "currency": "XOF", "channel": "wallet"},
                         label="holder/shop's", app=app)
        order = self.send(asked)
        if order is None:
            return
        link = urllib.parse.urlsplit(order["hosted_url"])
        body = {"payment": order["id"], "token": urllib.parse.parse_qs(link.query)["t"][0]}
        codes = [self.code(holder, "payment", body) for holder in holders]
        self.at_once([lambda code=code: self.pay(asked, code, body) for code in codes if code])
        if self.follow("/v1/payments", asked, ENDED, 0)["status"] not in ENDED:
            self.until_answered("POST", f"/v1/payments/{asked.id}/cancel", token=app)

    def pay(self, asked, code, body):
        """Pays with a code, twice under one key; whoever has paid is told so again."""
        key, told = fresh_key(self.dice), set()
        for _ in range(2):
            code.calls = 1
            status, answer = self.until_answered(
                "POST", "/v1/wallet/payments", {**body, "code": code.digits}, {"Idempotency-Key": key},
                token=code.holder.token)
            if status < 300:
                code.led_to.add(answer["id"])
                told.add("paid")
            else:
                told.add("refused")
                code.reasons.append(answer.get("reason") or answer.get("code"))
        if "paid" in told:
            asked.payers.append(code.holder.username)
        if len(told) > 1:
            asked.repeats.append((status, "paid, and refused", code.reasons[-1], 0))
