"""One fault of each kind, as a change of made-up facts, with the check that has to find it."""
from .madeup import at, millis
from .planted_links import PLANTED_LINKS


def _asked(made, name):
    return next(asked for asked in made.facts.asked if asked.id == name)


def _second(made, name, kind, minute, **more):
    """One more executed order under an order number, which its shop saw at a minute."""
    made.order("second", kind, "succeeded", created_at=at(minute), **more)
    made.asked("second", kind, group=name, seen_at=millis(minute))
    made.moved("second", "payout" if kind == "payout" else "collect", minute=20)


def _lose(made):
    del made.facts.orders["pay"]
    made.facts.missing.append("pay")


def _no_second_name(made):
    made.facts.signings = [one for one in made.facts.signings if (one.order, one.person) != ("found", "anna")]


def _cancelled_after_capture(made):
    made.facts.orders["hold"]["status"] = "cancelled"


def _order(name, **more):
    return lambda made: made.facts.orders[name].update(more)


def _attempt(name, state):
    return lambda made: made.facts.orders[name]["attempts"][0].update(state=state)


def _set(name, **more):
    return lambda made: [setattr(_asked(made, name), field, value) for field, value in more.items()]


def _unmoved(reference):
    def plant(made):
        made.facts.movements = [move for move in made.facts.movements if move["reference"] != f"ref-{reference}"]
    return plant


def _holder(**more):
    return lambda made: [setattr(made.facts.holders[0], name, value) for name, value in more.items()]


def _line(number, **more):
    return lambda made: made.facts.holders[0].history[number].update(more)


def _code(number, **more):
    return lambda made: [setattr(made.facts.codes[number], name, value) for name, value in more.items()]


def _bill(number, **more):
    return lambda made: [setattr(made.facts.bills[number], name, value) for name, value in more.items()]


def _paid_twice(made):
    """The second payer of a bill pays it as well."""
    made.order("rent-2", "payment", "succeeded", 900)
    made.asked("rent-2", "payment", bill="bill")
    made.moved("rent-2", "collect", 900)


def _paid_after_all(made):
    """A bill that was taken back is paid."""
    made.asked("rent", "payment", bill="gone")


def _purse(**figures):
    return lambda made: made.facts.wallets[0]["balance"].update(figures)


PLANTED = [
    ("codes work once", "one code, two orders", _code(0, led_to={"gift", "gift-2"})),
    ("used codes led to something", "the order is lost, the code is gone", _code(0, led_to=set())),
    ("codes are taken", "the newest code does not count", _code(0, reasons=["replaced"])),
    ("calls are repeated with their code", "the repetition is told that the code is used",
     _set("gift", repeats=[(422, None, "code_refused", 1)])),
    ("calls are repeated with their code", "the repetition is another order",
     _set("gift", repeats=[(201, "b", None, 1)])),
    ("money leaves holders by code", "a line without a code", _code(1, led_to=set())),
    ("money leaves holders by code", "an order without a code",
     lambda made: made.facts.listed.append({"id": "filled", "status": "processing", "source": {"wallet": "amas"}})),
    ("money leaves holders by code", "an order that nobody asked for",
     lambda made: made.facts.listed.append({"id": "ghost", "status": "processing"})),
    ("shops are paid by one holder", "two were told that they paid", _set("rent", payers=["ama", "ben"])),
    ("shops are paid by one holder", "nobody paid after all", _order("rent", source=None)),
    ("shops are paid by one holder", "paid and not done", _order("rent", status="processing")),
    ("histories add up", "a holder is lost", _holder(wallet=None)),
    ("histories add up", "a line is missing", lambda made: made.facts.holders[0].history.pop()),
    ("histories add up", "a balance that is none", _line(1, balance=4_001)),
    ("histories add up", "the app sees something else", lambda made: made.facts.wallets[1]["balance"].update(posted=1)),
    ("histories add up", "more is set aside than there is",
     lambda made: made.facts.holders[0].wallet["balance"].update(available=-1)),
    ("histories name orders once", "a transfer stands there twice",
     lambda made: made.facts.holders[0].history.append(made.facts.holders[0].history[1])),
    ("movements are told", "no message", lambda made: made.facts.holders[0].inbox.pop(0)),
    ("movements are told", "told of another order", lambda made: made.facts.holders[0].inbox.update({0: "Ref. pay"})),
    ("one key made one order", "a form that came again began a second payment", _set("typed", answers={"typed", "b"})),
    ("counters take what was typed", "another amount", _order("typed", amount=4_000)),
    ("counters take what was typed", "another note", _order("typed", description=None)),
    ("counters take what was typed", "the app has the wallet's money", _order("filled-up", destination=None)),
    ("counters take what was typed", "nobody sees where it came from", _order("typed", metadata={})),
    ("counters take what was typed", "it waits for its shop", _order("typed", acceptance={"accepted_at": None})),
    ("money from menus is kept", "nobody was told of it", lambda made: made.facts.unmatched.clear()),
    ("money from menus is kept", "it paid another bill", _order("dialled", bill="bill")),
    ("money from menus is kept", "paid, and left to people", lambda made: made.facts.unmatched.add("ref-dialled")),
    ("money from menus is kept", "it never moved", _unmoved("dialled")),
    ("bills are kept", "a bill is lost", _bill(0, shown=None)),
    ("bills are kept", "one key, two bills", _bill(0, answers={"bill", "bill-2"})),
    ("bills are paid once", "two payers paid", _paid_twice),
    ("bills that are paid are told once", "a bill is told twice",
     lambda made: made.told_bill("bill", "rent", sequence=10)),
    ("bills that are paid are told once", "a bill is told as another payment's",
     lambda made: made.facts.bills_told[0][1]["data"].update(payment="pay")),
    ("bills that are paid are told once", "nobody is told of a bill", lambda made: made.facts.bills_told.clear()),
    ("bills are paid once", "a paid bill is open", _bill(0, shown={"state": "open", "payment": None})),
    ("bills are paid once", "another one's payment", _bill(0, shown={"state": "paid", "payment": "pay"})),
    ("bills are paid once", "nobody paid it", _order("rent", status="cancelled")),
    ("bills taken back stay unpaid", "taken back and paid", _paid_after_all),
    ("bills taken back stay unpaid", "taking back was forgotten", _bill(1, shown={"state": "open", "payment": None})),
    ("bills taken back stay unpaid", "taking back broke", _bill(1, deletions=[500])),
    ("bills that are paid refuse others", "refused though nobody paid", _set("rent", bill=None)),
    ("transfers reach both sides or none", "the recipient was not paid", _unmoved("sent-credit")),
    ("transfers reach both sides or none", "the sender paid nothing", _unmoved("sent-debit")),
    ("transfers reach both sides or none", "a failed one was not given back", _unmoved("returned-back")),
    ("transfers reach both sides or none", "a failed one was paid",
     lambda made: made.moved("returned-credit", "payout")),
    ("no transfer is paid out and given back", "both", lambda made: made.moved("returned-credit", "payout")),
    ("no transfer is paid out and given back", "nobody had paid", _unmoved("sent-debit")),
    ("wallets have what came less what went", "too much", _purse(posted=3_001)),
    ("wallets have what came less what went", "what is on its way out is free", _purse(held=0)),
    ("wallets have what came less what went", "overdrawn", _purse(posted=3_000, held=3_500)),
    ("the ledger is what its orders make it", "a finding",
     lambda made: setattr(made.facts, "ledger", (1, "accounts: wallet:purse has 1, not 2"))),
    ("acknowledged orders are kept", "an order is lost", _lose),
    ("one key made one order", "a key was answered with two ids",
     lambda made: _asked(made, "pay").answers.add("other")),
    ("one key made one order", "a key stands for two orders",
     lambda made: made.facts.by_key.update({"key-0": ["pay", "other"]})),
    ("refusals have a reason", "a payment was refused", _set("pay", refusal=(422, "invalid_request", None))),
    ("refusals have a reason", "a duplicate of itself",
     lambda made: made.facts.by_key.update({next(a.key for a in made.facts.asked if a.refusal): ["pay"]})),
    ("every order ends", "a payment is never done", _order("pay", status="processing")),
    ("every order ends", "an accepted payment goes on waiting", _order("accepted", status="awaiting_acceptance")),
    ("every order ends", "a review without a reason", _order("alone", review=None)),
    ("nothing broke", "a shop died", lambda made: made.facts.accidents.append("a shop died")),
    ("nothing was executed twice", "one reference, two movements", lambda made: made.moved("pay", "collect")),
    ("every movement has its order", "a movement without an order", lambda made: made.moved("nobody", "collect")),
    ("succeeded payments were executed", "succeeded without a movement", lambda made: made.facts.movements.pop(0)),
    ("succeeded payments were executed", "another amount", lambda made: made.facts.movements[0].update(amount=4_999)),
    ("succeeded payments were executed", "another currency",
     lambda made: made.facts.movements[0].update(currency="XAF")),
    ("succeeded payouts were executed", "a payout twice", lambda made: made.moved("salary", "payout")),
    ("succeeded refunds were executed", "a refund that nobody got", lambda made: made.facts.movements.pop(1)),
    ("succeeded captures were executed", "a capture of nothing", lambda made: made.facts.movements.pop(2)),
    ("failed orders were not executed", "failed, but executed", lambda made: made.moved("refused", "collect")),
    ("live orders moved money once", "under review and twice executed",
     lambda made: [made.moved("alone", "payout") for _ in range(2)]),
    ("live orders moved money once", "more than was asked", lambda made: made.moved("alone", "payout", 5_001)),
    ("pages taken back moved nothing", "taken back and paid",
     _attempt("pay", "voided")),
    ("payment numbers exclude", "two tabs of a cart", lambda made: _second(made, "cart", "payment", 9)),
    ("payout numbers exclude", "the same salary again",
     lambda made: _second(made, "salary", "payout", 20)),
    ("payout numbers exclude", "the same salary while the first is open",
     lambda made: _second(made, "salary", "payout", 1)),
    ("payouts are repeated once by name", "named twice, executed twice",
     lambda made: _second(made, "salary", "payout", 20, repeat_of="salary")),
    ("payouts are repeated once by name", "a repetition of what is not known", _order("salary", status="under_review")),
    ("payments are repeated by name", "the first is not cancelled", _order("cart", cancel_requested=False)),
    ("duplicates name the order", "another one's order is named",
     lambda made: [setattr(a, "refusal", (409, "possible_duplicate", "pay")) for a in made.facts.asked
                   if a.refusal and a.refusal[1] == "possible_duplicate"]),
    ("unaccepted payments move nothing", "collected without acceptance",
     lambda made: (made.order("never", "payment", "succeeded"), made.moved("never", "collect"))),
    ("accepted payments move what was accepted", "the browser's amount", _set("accepted", accepted=(4_000, "XOF"))),
    ("accepted payments move what was accepted", "before the acceptance", _set("accepted", accepted_at=millis(6))),
    ("wrong amounts are refused", "a wrong amount was accepted", _set("accepted", mismatches=[(200, None)])),
    ("wrong amounts are refused", "a wrong amount was an unknown payment",
     _set("accepted", mismatches=[(404, "not_found")])),
    ("acceptances can be repeated", "the repetition is a mismatch",
     _set("accepted", acceptances=[(200, "accepted", None), (409, None, "acceptance_mismatch")])),
    ("acceptances can be repeated", "the acceptance is forgotten",
     _order("accepted", acceptance={"accepted_at": None})),
    ("acceptances can be repeated", "there is nothing to read", _order("accepted", acceptance="none")),
    ("refunds stay within what was collected", "more back than came",
     lambda made: made.facts.movements[1].update(amount=5_001)),
    ("refunded amounts add up", "a refund is not counted", _order("pay", amount_refunded=0)),
    ("too much is refused", "refused though it fits",
     lambda made: [a.body.update(amount=3_000) for a in made.facts.asked if a.kind == "refund" and a.refusal]),
    ("holds are collected once", "captured twice", lambda made: made.moved("capture", "collect", 1_000)),
    ("holds are collected once", "cancelled and captured", _cancelled_after_capture),
    ("holds are collected once", "an amount nobody captured", lambda made: made.facts.movements[2].update(amount=950)),
    ("two people find an execution", "the finding changed nothing", _attempt("found", "unknown")),
    ("two people find an execution", "one signature was enough", _no_second_name),
    ("two people find an execution", "still under review", _order("found", status="under_review")),
    ("two people find no execution", "the opposite was kept", _attempt("lost", "succeeded")),
    ("one person ends nothing", "the second signature counted",
     lambda made: setattr(made.facts.signings[-1], "outcome", "resolved")),
    ("one person ends nothing", "it became evidence", lambda made: made.found("alone")),
    ("signatures are kept", "a signature is lost", lambda made: made.facts.reviews["alone"].update(signed=[])),
    ("findings count once", "a finding is evidence twice", lambda made: made.found("found")),
    ("signatures are taken", "a true finding is refused",
     lambda made: setattr(made.facts.signings[0], "outcome", "refused")),
    ("events are genuine", "a bad signature", lambda made: made.facts.hook_errors.append("bad signature")),
    ("every change is one event", "two events of one number",
     lambda made: made.facts.told.append(("evt-other", made.facts.told[0][1]))),
    ("every end is told", "an end that nobody heard of", lambda made: made.facts.told.pop(0)),
    ("what ended stays as it is", "failed after it succeeded", lambda made: made.told("pay", "failed", 30)),
    ("what ended stays as it is", "told as failed, shown as succeeded",
     lambda made: made.facts.told[0][1]["data"].update(status="failed")),
    ("versions are kept", "one is gone", lambda made: made.facts.changes.versions.pop(1)),
    ("versions are kept", "one is made twice",
     lambda made: made.facts.changes.versions[0].update(hash=made.facts.changes.versions[1]["hash"])),
    ("one version is worked with", "one came after another than it says",
     lambda made: made.facts.changes.activations[1].update(previous=None)),
    ("one version is worked with", "another one is shown",
     lambda made: [version.update(active=version["number"] == 3) for version in made.facts.changes.versions]),
    ("acknowledged activations are kept", "one is lost", lambda made: made.facts.changes.acknowledged.append(2)),
    *PLANTED_LINKS,
]
