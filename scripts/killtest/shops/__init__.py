"""Shops: each is a thread that asks for money in its own way while the router dies again and again."""
import threading
import time

from ..asked import Asked, fresh_key
from ..clock import now
from ..payer import visit
from ..world import KEY, NO_ANSWER


class Shop(threading.Thread):
    """A shop that does its round again and again until the test ends; subclasses say what a round is."""

    # As many rounds are done however slow the machine is, so that everything happens.
    least = 0

    def __init__(self, world, journal, values, dice, number, stop):
        super().__init__(daemon=True, name=type(self).__name__)
        self.number, self.rounds, self._turns, self.dice, self.failure = number, 0, {}, dice, None
        self.world, self.journal, self.stopping = world, journal, stop
        self.values = {}
        for value in values:
            self.values.setdefault((value["channel"], value["operation"]), {}).setdefault(value["outcome"], value)

    def run(self):
        try:
            while not (self.stopping.is_set() and self.has_done_enough()):
                self.round()
                self.rounds += 1
        except Exception as error:  # A shop that died would test nothing, and nobody would notice.
            self.failure = f"{self.name} died: {error!r}"

    def has_done_enough(self):
        return self.rounds >= self.least

    def round(self):
        raise NotImplementedError

    def turn(self, name, choices):
        """The next of some choices; shops of one kind, which are numbered from 0, begin at different ones."""
        turn = self._turns.get(name, 2 * self.number)
        self._turns[name] = turn + 1
        return choices[turn % len(choices)]

    def new(self, kind, room, body, **more):
        return self.journal.note(Asked(kind=kind, room=room, body=body, key=fresh_key(self.dice), **more))

    def send(self, asked, *allowed):
        """Asks until there is an answer, under the same key; the order, or `None` if it was refused."""
        asked.allowed = asked.allowed | frozenset(allowed)
        headers = {"Idempotency-Key": asked.key}
        if asked.sends == 0 and self.dice.random() < 0.5:
            headers["Prefer"] = "respond-async"
        status, body = self.until_answered("POST", asked.room, asked.body, headers, asked, self.token(asked))
        asked.answered_at = now()
        if status >= 300:
            asked.refusal, asked.reason = (status, body.get("code"), body.get("payment_id")), body.get("reason")
            return None
        asked.id, asked.seen_at = body["id"], asked.seen_at or now()
        asked.answers.add(body["id"])
        return body

    def token(self, asked):
        """Who asks: a holder, or the shop with its key."""
        return asked.holder.token if asked.holder else asked.app

    def until_answered(self, method, path, body=None, headers=None, asked=None, token=KEY):
        """One call, repeated with the same headers until it is answered with more than "later"."""
        while True:
            if asked:
                asked.sends, asked.sent_at = asked.sends + 1, asked.sent_at or now()
            try:
                status, answer = self.world.api(method, path, body, token, headers)
            except NO_ANSWER:
                status, answer = 503, None
            if status not in (429, 503):
                return status, answer
            time.sleep(0.05)

    def page(self, path, fields, asked=None, browser=None):
        """Posts a page's form until it is answered, in a browser of its own or in none; status, `Location` and text."""
        while True:
            try:
                answer = (browser or self.world).form(path, fields)
            except NO_ANSWER:
                answer = 503, None, ""
            if answer[0] not in (429, 503):
                return answer
            if asked:
                asked.sends += 1
            self.stopping.wait(0.05)

    def at_once(self, calls):
        """Makes calls at the same time and waits for all of them."""
        threads = [threading.Thread(target=call, daemon=True) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def follow(self, room, asked, states, seconds):
        """Looks at an order, as its payer does too, until it is in one of the states; what it was last."""
        until = time.time() + seconds
        while True:
            _, order = self.until_answered("GET", f"{room}/{asked.id}", token=asked.app)
            if order["object"] == "payment":
                visit(self.world, asked, order)
            if order["status"] in states or time.time() > until:
                return order
            time.sleep(0.2)


ENDED = ("succeeded", "failed", "cancelled")
