"""Shops that give money back, and those that hold it first."""
from . import ENDED, Shop

# Channel, what to give back of it in each of the parts that are asked for at once, and which parts at most fit.
REFUNDED = [
    ("card", "succeeds", [2_000, 2_000, 2_000, 1_500]),
    ("card", "succeeds", [1_006, 1_008, 3_500, 3_500]),
    ("mtn-momo", "succeeds", [2_000, 2_000, 2_000]),
    ("mtn-momo", "succeeds", [6, 4_000, 4_000]),
    ("truemoney", "succeeds", [8_000, 8_000, 5_000]),
    ("truemoney", "succeeds", [4_006, 4_007, 9_000]),
    ("tmoney", "succeeds", [3_000, 3_000, 1_500]),
    ("flouci", "succeeds", [1_001, 1_001]),
]
CAPPED = ("amount_too_large", "payment_state_conflict")


class RefundShop(Shop):
    """Refunds what succeeded, in parts and at once, together more than there is."""

    least = 2

    def round(self):
        channel, outcome, parts = self.turn("refund", REFUNDED)
        asked = self.new("payment", "/v1/payments", self.values[channel, "collect"][outcome]["request"],
                         label=f"{channel}/to be refunded")
        if self.send(asked) is None:
            return
        if self.follow("/v1/payments", asked, ENDED, 8)["status"] != "succeeded":
            return
        refunds = [
            self.new("refund", f"/v1/payments/{asked.id}/refunds", {"amount": part}, parent=asked.id,
                     label=f"{channel}/refund of {part}") for part in parts]
        self.at_once([lambda refund=refund: self.send(refund, *CAPPED) for refund in refunds])


class HoldShop(Shop):
    """Captures what is held, twice and with a cancel beside it; only one of them can be."""

    least = 2

    def round(self):
        channel = self.turn("channel", ["card", "flouci"])
        asked = self.new("payment", "/v1/payments", self.values[channel, "authorize"]["succeeds"]["request"],
                         label=f"{channel}/held")
        if self.send(asked) is None:
            return
        order = self.follow("/v1/payments", asked, ("authorized", "failed"), 6)
        if order["status"] != "authorized" or (self.rounds >= self.least and self.dice.random() < 0.1):
            return
        captures = [
            self.new("capture", f"/v1/payments/{asked.id}/capture", {"amount": part}, parent=asked.id,
                     label=f"{channel}/capture of {part}") for part in (900, 1_000)]
        calls = [lambda capture=capture: self.send(capture, *CAPPED, "payment_final") for capture in captures]
        if self.dice.random() < 0.5:
            calls.append(lambda: self.until_answered("POST", f"/v1/payments/{asked.id}/cancel"))
        self.at_once(calls[self.dice.choice([0, 0, 1]):])
