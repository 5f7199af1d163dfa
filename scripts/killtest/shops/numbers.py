"""Shops that ask again under an order number that they used before, with new idempotency keys."""
import time

from . import ENDED, Shop
from ..asked import fresh_key


class NumberShop(Shop):
    """What both kinds share: some at once, some more while the first is open."""

    kind, least, repeated = None, 3, False

    def has_done_enough(self):
        # Whether an order can be repeated by name depends on when the router dies.
        return super().has_done_enough() and (self.repeated or self.rounds >= 8)

    def begin(self):
        """A fresh order number with a value of chance."""
        self.order_number = "order-" + fresh_key(self.dice)[:18]
        channel, outcome = self.turn("value", self.choices)
        self.value = self.values[channel, "payout" if self.kind == "payout" else "collect"][outcome]
        self.label = f"{channel}/{outcome} of {self.order_number}"

    def under_number(self, **more):
        """One more order of this number, under a key of its own."""
        return self.new(
            self.kind, f"/v1/{self.kind}s", {**self.value["request"], "reference": self.order_number, **more},
            label=self.label, group=self.order_number)

    def several(self, count, **more):
        """As many at once; those that were accepted."""
        all_asked = [self.under_number(**more) for _ in range(count)]
        codes = ("possible_duplicate", "invalid_repeat") if more else ("possible_duplicate",)
        self.at_once([lambda asked=asked: self.send(asked, *codes) for asked in all_asked])
        accepted = [asked for asked in all_asked if asked.id]
        self.repeated = self.repeated or bool(more and count > 1 and accepted)
        return accepted

    def insist(self, asked, states, seconds):
        """Asks again and again while the first is open; what the first was last."""
        until = time.time() + seconds
        order = self.follow(self.room, asked, states, 0)
        while order["status"] not in states and time.time() < until:
            self.several(1)
            order = self.follow(self.room, asked, states, 0.5)
        return order

    @property
    def room(self):
        return f"/v1/{self.kind}s"


class PayoutTwiceShop(NumberShop):
    """A payout whose end is not known is asked for again; one that succeeded is repeated by name, twice at once."""

    kind, least = "payout", 2
    choices = [("flooz", "lost_answer_executed"), ("tmoney", "succeeds"), ("flooz", "lost_answer_not_executed"),
               ("tmoney", "succeeds_later"), ("flooz", "lost_answer_executed"), ("flooz", "succeeds"),
               ("tmoney", "lost_answer_executed"), ("tmoney", "declined"), ("mtn-momo", "succeeds_later"),
               ("mtn-momo", "lost_answer_executed")]

    def round(self):
        self.begin()
        accepted = self.several(3)
        for _ in range(3):
            if not accepted:
                return
            order = self.insist(accepted[-1], (*ENDED, "under_review"), 6)
            if order["status"] == "under_review":
                # Nobody knows its end: neither again, nor by name.
                self.several(1)
                self.several(1, repeat_of=order["id"])
                return
            if order["status"] != "succeeded":
                accepted = self.several(2)
                continue
            self.several(1)
            accepted = self.several(2, repeat_of=order["id"])


class PaymentTwiceShop(NumberShop):
    """A cart that is paid in several tabs, and asked for again by name once it is under review."""

    kind = "payment"
    choices = [("truemoney", "no_answer"), ("truemoney", "lost_answer_executed"),
               ("truemoney", "lost_answer_not_executed"), ("truemoney", "succeeds_later"),
               ("truemoney", "error_after_executing"),
               ("mtn-momo", "succeeds_later"), ("tmoney", "succeeds_later"), ("tmoney", "lost_answer_executed")]

    def round(self):
        self.begin()
        accepted = self.several(3)
        if not accepted:
            return
        order = self.insist(accepted[-1], (*ENDED, "under_review"), 8)
        if order["status"] == "under_review":
            if order["channel"] == "truemoney":
                # The payer shows another barcode.
                self.value = self.values["truemoney", "collect"]["succeeds"]
            self.several(1)
            self.several(2, repeat_of=order["id"])
