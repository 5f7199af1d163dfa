"""Forms of the console with which a developer moves money, and which are sent again and again."""
import html
import re
import time

from ..browser import form_to
from ..clock import now
from ..world import NO_ANSWER
from . import Shop

# What refuses a form, by words of the page that says so.
REFUSALS = [("belongs to a holder", "holder_required"), ("does not have the amount", "insufficient_funds"),
            (" is left", "amount_too_large"), ("which does not allow this", "payment_state_conflict"),
            (" of it is ", "payment_state_conflict")]


class ConsoleForms(Shop):
    """What a signed-in `developer` does on an order's page."""

    developer = None

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._sent = []

    def fill_in(self, action, payment, amount, *allowed):
        """Reads an order's page and types an amount; `None` where nothing of the kind can be done."""
        path = f"/console/orders/{payment.id}"
        fields = form_to(f"{path}/{action}", self.opened(path))
        if fields is None:
            return None
        asked = self.new(action, f"{path}/{action}", {"amount": amount}, parent=payment.id, app=payment.app,
                         label=f"console/{action} of {amount}", allowed=frozenset(allowed))
        # Whatever the form leads to says which form that was.
        asked.filled = {**fields, "amount": str(amount), "reason": f"form {fields['key']}"}
        return asked

    def opened(self, path):
        """Opens a page until there is an answer; what it shows."""
        while True:
            try:
                status, _, text = self.developer.visitor.open(path)
            except NO_ANSWER:
                status = 503
            if status == 200:
                return text
            if status not in (429, 503):
                raise ValueError(f"{path} is {status}")
            time.sleep(0.05)

    def submit(self, asked):
        """Sends a form; the order that it led to, if it did."""
        first = asked.answered_at
        asked.sends, asked.sent_at = asked.sends + 1, asked.sent_at or now()
        status, place, text = self.page(asked.room, asked.filled, asked, self.developer.visitor)
        asked.answered_at = first or now()
        if status == 303:
            made = place.split("?")[0].rsplit("/", 1)[1]
            asked.id, asked.refusal, asked.seen_at = made, None, asked.seen_at or now()
            asked.answers.add(made)
        else:
            said = html.unescape(" ".join(re.findall(r'class="error"[^>]*>([^<]*)', text)))
            made = next((code for words, code in REFUSALS if words in said), said)
            # The first refusal counts: what refuses it again may have another reason.
            asked.refusal = asked.refusal if asked.id or asked.refusal else (status, made, None)
        asked.forms.append((status, made, sum(1 for begun, _ in self.world.kills if first and begun > first)))
        if asked not in self._sent:
            self._sent.append(asked)
        return asked.id

    def submit_older(self):
        """Sends forms again that were answered: the oldest, since which the router was killed most often, and another."""
        for asked in [*self._sent[:1], *self.dice.sample(self._sent[1:], min(1, len(self._sent[1:])))]:
            self.submit(asked)
