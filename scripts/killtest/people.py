"""Two people who end reviews with the command line, by what the operators' books say."""
import collections
import dataclasses
import json
import re
import threading
import time

from .books import KINDS, names_of
from .clock import milliseconds, now
from .world import NO_ANSWER


@dataclasses.dataclass
class Signing:
    """One signature and what became of it."""

    order: str
    attempt: str
    person: str
    finding: str
    begun: int
    ended: int
    # first, resolved, same person, too early, gone, refused, or lost: no answer came.
    outcome: str
    detail: str = ""


def outcome_of(code, output, error):
    """What the command line said, in one of the words of `Signing.outcome`."""
    if code == 0:
        return "resolved" if json.loads(output)["resolved"] else "first"
    for words, outcome in [("your signature is there already", "same person"), ("may still be executed", "too early"),
                           ("no open review", "gone"), ("no router runs", "lost"), ("is locked", "lost"), ("gave no whole answer", "lost"), ("stop it first", "lost"),
                           ("could not be stored", "lost"), ("cannot be read now", "lost"),
                           ("cannot be looked up", "lost")]:
        if words in error:
            return outcome
    return "refused"


class People(threading.Thread):
    """Anna signs, then Ben; some of what Anna signs Ben never sees, and she signs it twice."""

    def __init__(self, world, journal):
        super().__init__(daemon=True, name="People")
        self.world, self.journal = world, journal
        self.signings, self.failure = [], None
        self.finished = threading.Event()
        self._alone, self._signed, self._done, self._early = {}, {}, set(), {}
        self._findings = collections.Counter()
        self._tokens = {name: self._token(name) for name in ("anna", "ben")}

    def _token(self, name):
        code, output, error = self.world.command("people", "add", name, "--json")
        if code:
            raise SystemExit(f"people add {name}: {error}")
        return json.loads(output)["token"]

    def token(self, name):
        """The token of one of them."""
        return self._tokens[name]

    def run(self):
        try:
            while not self.finished.is_set():
                self._look()
                self.finished.wait(0.3)
        except Exception as error:  # As with shops: silence would look like success.
            self.failure = f"People died: {error!r}"

    def _look(self):
        """Signs what can be signed now."""
        try:
            _, reviews = self.world.admin("/reviews?limit=100")
            books = self.world.books()
        except NO_ANSWER:
            return
        for review in reviews["data"]:
            if self.finished.is_set():
                break
            if review["order"] not in self._done and self._early.get(review["order"], 0) < time.time():
                self._end(review["order"], books)

    def _end(self, order, books):
        """Lets the next person sign."""
        try:
            status, review = self.world.admin(f"/reviews/{order}")
            # A parked transfer has no attempt that books could tell of.
            if status != 200 or review["discrepancies"] or not review["attempt"]:
                return
            finding = self._finding(review, books)
        except NO_ANSWER:
            return
        if finding is None:
            self._done.add(order)
            return
        if order not in self._alone:
            same = self._findings[finding[0]] = self._findings[finding[0]] + 1
            self._alone[order] = same % 3 == 2
        alone = self._alone[order]
        turn = self._signed.get(order, 0)
        person = "anna" if turn == 0 or alone else "ben"
        outcome = self._sign(order, review["attempt"]["id"], person, finding)
        if outcome == "too early":
            self._early[order] = self._until()
            return
        if outcome == "lost":
            return
        self._signed[order] = turn + 1
        if outcome not in ("first", "same person") or (alone and turn > 0):
            self._done.add(order)

    def lacks(self):
        """Whether a kind of signature was not made yet."""
        made = {(one.finding, one.outcome) for one in self.signings}
        ended = {("executed", "resolved"), ("not-executed", "resolved")}
        return not (ended <= made and "same person" in {outcome for _, outcome in made})

    def _until(self):
        """When a finding can be taken that came too early, in seconds since 1970."""
        found = re.search(r"until ([0-9T:.Z-]+)", self.signings[-1].detail)
        return milliseconds(found.group(1)) / 1_000 if found else time.time() + 2

    def _finding(self, review, books):
        """What the books say of the reviewed attempt: whether it was executed, under which name of the operator's."""
        order = self.world.admin(f"/orders/{review['order']}")[1]
        if order["object"] == "void" or order.get("capture") is False or order.get("acceptance"):
            # Money that is only held stands in no books.
            return None
        form = next((asked.form for asked in self.journal.all() if asked.id == review["order"]), None)
        parent = self.world.admin(f"/orders/{order['payment']}")[1] if "payment" in order else None
        names = names_of({**order, "attempts": [review["attempt"]]}, form, parent)
        found = [move for move in books if move["reference"] in names and move["kind"] in KINDS[order["object"]]]
        return ["executed", "--operator-reference", found[0]["operator_reference"]] if found else ["not-executed"]

    def _sign(self, order, attempt, person, finding):
        begun = now()
        code, output, error = self.world.command(
            "reviews", "resolve", order, *finding, "--because", "the books say so", "--document", "books of the day",
            "--as", person, "--json", token=self._tokens[person])
        outcome = outcome_of(code, output, error)
        self.signings.append(Signing(order, attempt, person, finding[0], begun, now(), outcome, error.strip()))
        return outcome
