"""Payments and payouts over all channels, one after the other."""
import uuid

from . import Shop
from ..asked import fresh_key
from ..payer import visit


class PlainShop(Shop):
    """Repeats whatever got no answer, and now and then what did."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        # What waits for a person's deadline is not what is tested here, and a Moov wallet shows one prompt at a time.
        self.choices = [
            value for (channel, operation), outcomes in self.values.items() for value in outcomes.values()
            if operation in ("collect", "payout") and value["outcome"] != "late_success"
            and (channel, operation) != ("flooz", "collect")]

    def round(self):
        value = self.dice.choice(self.choices)
        kind = "payout" if value["operation"] == "payout" else "payment"
        asked = self.new(kind, f"/v1/{kind}s", value["request"], label=f"{value['channel']}/{value['outcome']}")
        if "confirm" in value:
            asked.form = "form-" + uuid.UUID(int=self.dice.getrandbits(128)).hex
        order = self.send(asked)
        if order is None:
            return
        visit(self.world, asked, order)
        if asked.form:
            self.type_code(asked, {**value["confirm"], "operator_payment_id": asked.form})
        elif self.dice.random() < 0.1:
            self.send(asked)

    def type_code(self, asked, confirmation):
        headers = {"Idempotency-Key": fresh_key(self.dice)}
        status, body = self.until_answered("POST", f"/v1/payments/{asked.id}/confirm", confirmation, headers)
        # After a crash a code may be under way already; the payment then says so.
        if status >= 300 and status != 409:
            asked.refusal = (status, body.get("code"), None)
