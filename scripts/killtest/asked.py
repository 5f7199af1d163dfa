"""What shops asked for, as they remember it."""
import dataclasses
import threading
import uuid

from .world import KEY


@dataclasses.dataclass
class Asked:
    """One order as its shop wanted it: one idempotency key, however often it was sent."""

    kind: str  # payment, payout, refund or capture
    room: str  # where it is posted
    body: dict
    key: str
    label: str = ""
    id: str = None
    answers: set = dataclasses.field(default_factory=set)
    # When an answer first showed it, in milliseconds since 1970.
    seen_at: int = None
    # When it was first sent, and when it was answered.
    sent_at: int = None
    answered_at: int = None
    sends: int = 0
    # What refused it in the end: status, code, and the order it names.
    refusal: tuple = None
    # Codes that may refuse it.
    allowed: frozenset = frozenset()
    # Orders of one group exclude each other by their order number.
    group: str = None
    # The payment that a refund or capture belongs to.
    parent: str = None
    # The operator's own id for a typed code.
    form: str = None
    # Links of payers that were opened.
    opened: set = dataclasses.field(default_factory=set)
    # Begun with a publishable key.
    begun: bool = False
    # (amount, currency) that the shop accepted, and when it first said so, in milliseconds since 1970.
    accepted: tuple = None
    accepted_at: int = None
    # Answers to wrong amounts: status and code; to the right one: status, id, code.
    mismatches: list = dataclasses.field(default_factory=list)
    acceptances: list = dataclasses.field(default_factory=list)
    # The secret key of the app whose order it is.
    app: str = KEY
    # Who asked, if it was a holder.
    holder: object = None
    # Why the code that came with it was refused.
    reason: str = None
    # Answers to the same call, made again after it had been answered: status, id, code, and how
    # often the router was killed since the first answer.
    repeats: list = dataclasses.field(default_factory=list)
    # The key under which the router keeps it, if it is another one than was sent.
    kept_as: str = None
    # The holders who were told that they have paid it, by user name.
    payers: list = dataclasses.field(default_factory=list)
    # The id of the bill that it pays.
    bill: str = None
    # Begun behind a static QR code: the wallet that it is of, or "app".
    counter: str = None
    # Begun in an operator's own menu: the operator's name for it.
    menu: str = None
    # What its form of the console sends, and how it was answered each time: status, the order or the
    # refusal, and how often the router was killed since the first answer.
    filled: dict = None
    forms: list = dataclasses.field(default_factory=list)

    @property
    def repeat_of(self):
        return self.body.get("repeat_of")


class Journal:
    """Everything asked for, by all shops; and the holders, codes, bills and linked apps, which threads may append to."""

    def __init__(self):
        self._asked, self._lock = [], threading.Lock()
        self.holders, self.codes, self.bills, self.links = [], [], [], []

    def note(self, asked):
        with self._lock:
            self._asked.append(asked)
        return asked

    def all(self):
        with self._lock:
            return list(self._asked)


def fresh_key(dice):
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))
