"""Owners of wallets and people who send money: top-ups, payments by wallet, cash-outs and transfers, while the router dies."""
from . import ENDED, Shop
from ..asked import fresh_key

# What the sender's operator and the recipient's do.
LEGS = [("succeeds", "succeeds"), ("lost_answer_executed", "succeeds"), ("succeeds", "lost_answer_executed"),
        ("lost_answer_not_executed", "succeeds"), ("succeeds", "lost_answer_not_executed"), ("declined", "succeeds"),
        ("succeeds", "succeeds"), ("succeeds_later", "lost_answer_executed")]
CASH_OUTS = ["succeeds", "lost_answer_executed", "declined", "lost_answer_not_executed", "succeeds_later"]
POOR = ("insufficient_funds", "wallet_limit_reached")


class WalletShop(Shop):
    """Fills a wallet, and takes more out of it than there is, in every way there is."""

    least = 3
    wallets = None

    def round(self):
        if self.wallets is None:
            self.wallets = [self.wallet(), self.wallet()]
        first, second = self.wallets
        filled = self.paid({**self.value("tmoney", "collect", "succeeds"), "destination": {"wallet": first}}, "top-up")
        if filled is None or self.follow("/v1/payments", filled, ENDED, 8)["status"] != "succeeded":
            return
        way = self.turn("way", ["pay", "cash out", "send", "out", "pay", "into"])
        getattr(self, "_" + way.replace(" ", "_"))(first, second)

    def _pay(self, first, second):
        """Several at once, together more than there is; one is given back."""
        paid = [self.by_wallet(first, 2_100, {"destination": {"wallet": second}} if number % 2 else {})
                for number in range(4)]
        self.at_once([lambda asked=asked: self.send(asked) for asked in paid])
        for asked in paid[:1]:
            if asked.id and self.follow("/v1/payments", asked, ENDED, 4)["status"] == "succeeded":
                refund = self.new("refund", f"/v1/payments/{asked.id}/refunds", {"amount": 700}, parent=asked.id,
                                  label="wallet/refund")
                self.send(refund, *POOR, "payment_state_conflict")

    def _cash_out(self, first, _):
        value = self.value("tmoney", "payout", self.turn("cash out", CASH_OUTS))
        outs = [self.new("payout", "/v1/payouts", {**value, "amount": 2_600, "source": {"wallet": first}},
                         label="wallet/cash-out") for _ in range(3)]
        self.at_once([lambda asked=asked: self.send(asked, *POOR) for asked in outs])

    def _send(self, first, second):
        sent = [self.transfer({"wallet": first}, {"wallet": second}, 2_000, "inside") for _ in range(4)]
        self.at_once([lambda asked=asked: self.send(asked, *POOR) for asked in sent])
        self._between(first, second)

    def _between(self, _, __):
        debit, credit = self.turn("legs", LEGS)
        self.send(self.transfer(self.sender(debit), self.recipient(credit), 5_000, f"between {debit}/{credit}"))

    def _out(self, first, second):
        _, credit = self.turn("legs", LEGS)
        self.send(self.transfer({"wallet": first}, self.recipient(credit), 2_500, f"out {credit}"), *POOR)
        self._between(first, second)

    def _into(self, first, second):
        debit, _ = self.turn("legs", LEGS)
        self.send(self.transfer(self.sender(debit), {"wallet": second}, 5_000, f"into {debit}"))
        self._between(first, second)

    def wallet(self):
        """A new wallet of the app's own."""
        headers = {"Idempotency-Key": fresh_key(self.dice)}
        status, wallet = self.until_answered("POST", "/v1/wallets", {"owner": "app", "currency": "XOF"}, headers)
        if status != 201:
            raise ValueError(f"no wallet: {status} {wallet}")
        return wallet["id"]

    def value(self, channel, operation, outcome):
        return self.values[channel, operation][outcome]["request"]

    def sender(self, outcome):
        return {"channel": "tmoney", "phone": self.value("tmoney", "collect", outcome)["customer"]["phone"]}

    def recipient(self, outcome):
        return {"channel": "flooz", "phone": self.value("flooz", "payout", outcome)["party"]["phone"]}

    def paid(self, body, label):
        asked = self.new("payment", "/v1/payments", body, label=f"wallet/{label}")
        return asked if self.send(asked) else None

    def by_wallet(self, wallet, amount, more):
        return self.new("payment", "/v1/payments",
                        {"amount": amount, "currency": "XOF", "source": {"wallet": wallet}, **more},
                        label="wallet/payment")

    def transfer(self, sender, recipient, amount, label):
        return self.new("transfer", "/v1/transfers",
                        {"amount": amount, "currency": "XOF", "from": sender, "to": recipient}, label=f"transfer {label}")
