"""Made-up facts without a fault in which everything happened once; times are minutes of one hour."""
import copy

from .asked import Asked
from .changes import Changes
from .facts import Facts
from .holders import AskedBill, Code, Holder
from .linked import Link
from .people import Signing


def at(minute):
    return f"2026-01-01T10:{minute:02}:00.000Z"


def millis(minute):
    return 1_767_261_600_000 + minute * 60_000


class MadeUp:
    """Facts under construction; each call adds what shop, router, operators and webhooks say of one order."""

    def __init__(self):
        self.facts, self._sequences = Facts([], {}), {}

    def order(self, name, kind, status, amount=5_000, attempt="succeeded", **more):
        payment = {"amount_collected": amount if status == "succeeded" else 0, "amount_refunded": 0, "related": [],
                   "cancel_requested": False, "acceptance": None, "next_action": None}
        self.facts.orders[name] = {
            "id": name, "object": kind, "status": status, "amount": amount, "currency": "XOF", "channel": "tmoney",
            "review": {"reason": "outcome_unknown"} if status == "under_review" else None, "repeat_of": None,
            "created_at": at(0), "timeline": [], **(payment if kind == "payment" else {}),
            "attempts": [{"id": f"att-{name}", "reference": f"ref-{name}", "channel": "tmoney", "state": attempt}],
            **more}
        if status in ("succeeded", "failed", "cancelled"):
            self.told(name, status, 10)
        return self.facts.orders[name]

    def asked(self, name, kind, **more):
        body = more.pop("body", {"amount": 5_000})
        asked = Asked(
            kind=kind, room=f"/v1/{kind}s", body=body, key=f"key-{len(self.facts.asked)}", label=kind, id=name,
            answers={name} if name else set(), sends=1, **{"seen_at": millis(15), **more})
        self.facts.asked.append(asked)
        return asked

    def moved(self, name, kind, amount=5_000, minute=5):
        self.facts.movements.append({
            "operator": "tmoney", "kind": kind, "reference": f"ref-{name}", "amount": amount, "currency": "XOF",
            "executed_at": at(minute), "operator_reference": f"op-{len(self.facts.movements)}"})

    def told(self, name, status, minute):
        sequence = self._sequences[name] = self._sequences.get(name, 0) + 1
        self.facts.told.append((f"evt-{len(self.facts.told)}", {
            "type": f"x.{status}", "sequence": sequence, "timestamp": at(minute),
            "data": {"id": name, "status": status}}))

    def told_bill(self, bill, payment, sequence=9):
        self.facts.bills_told.append((f"evt-bill-{len(self.facts.bills_told)}", {
            "type": "bill.paid", "sequence": sequence, "timestamp": at(10),
            "data": {"id": bill, "state": "paid", "payment": payment}}))

    def signed(self, name, person, finding, outcome, minute=20):
        self.facts.signings.append(Signing(
            name, f"att-{name}", person, finding, millis(minute), millis(minute) + 50, outcome))

    def found(self, name):
        self.facts.orders[name]["timeline"].append(
            {"what": "evidence", "source": "person", "attempt": f"att-{name}", "detail": "signed by anna and ben"})


def _payments(made):
    made.order("pay", "payment", "succeeded", amount_refunded=2_000)
    made.asked("pay", "payment").sends = 2
    made.facts.by_key["key-0"] = ["pay"]
    made.moved("pay", "collect")
    made.order("refused", "payment", "failed", attempt="rejected")
    made.asked("refused", "payment")
    made.order("page", "payment", "cancelled", attempt="voided", cancel_requested=True)
    made.asked("page", "payment")
    made.order("refund", "refund", "succeeded", 2_000, payment="pay")
    made.asked("refund", "refund", parent="pay", body={"amount": 2_000})
    made.moved("refund", "payout", 2_000)
    made.asked(None, "refund", parent="pay", body={"amount": 4_000}, allowed=frozenset(["amount_too_large"]),
               refusal=(422, "amount_too_large", None))
    made.order("hold", "payment", "succeeded", amount_collected=900,
               related=[{"id": "capture", "object": "capture", "status": "succeeded"}])
    made.order("capture", "capture", "succeeded", 900, payment="hold")
    made.moved("capture", "collect", 900)
    made.asked("hold", "payment")
    made.asked("hold", "capture", parent="hold", body={"amount": 900})
    made.asked(None, "capture", parent="hold", body={"amount": 1_000}, allowed=frozenset(["payment_state_conflict"]),
               refusal=(409, "payment_state_conflict", None))


def _numbers(made):
    duplicate = {"allowed": frozenset(["possible_duplicate", "invalid_repeat"])}
    for kind, first, move in [("payout", "salary", "payout"), ("payment", "cart", "collect")]:
        if kind == "payout":
            made.order(first, kind, "succeeded")
            made.moved(first, move)
        else:
            made.order(first, kind, "under_review", attempt="unknown", cancel_requested=True)
        made.asked(first, kind, group=first)
        made.order(f"{first}-2", kind, "succeeded", repeat_of=first, created_at=at(15))
        made.asked(f"{first}-2", kind, group=first, body={"repeat_of": first})
        made.moved(f"{first}-2", move, minute=16)
        made.asked(None, kind, group=first, refusal=(409, "possible_duplicate", first), **duplicate)
        made.asked(None, kind, group=first, body={"repeat_of": first}, refusal=(422, "invalid_repeat", None),
                   **duplicate)


def _checkout(made):
    made.order("never", "payment", "awaiting_acceptance", attempts=[], acceptance={"accepted_at": None})
    made.asked("never", "payment", begun=True)
    made.order("accepted", "payment", "succeeded", acceptance={"accepted_at": at(4)})
    asked = made.asked("accepted", "payment", begun=True, accepted=(5_000, "XOF"), accepted_at=millis(4))
    asked.mismatches, asked.acceptances = [(409, "acceptance_mismatch")], [(200, "accepted", None)] * 2
    made.moved("accepted", "collect")


def _counters(made):
    typed = {"amount": 5_000, "description": "tea"}
    for name, counter, destination in [("typed", "app", None), ("filled-up", "stall", {"wallet": "stall"})]:
        made.order(name, "payment", "succeeded", description="tea", metadata={"source": "static_qr"},
                   destination=destination)
        made.asked(name, "payment", body=typed, counter=counter).sends = 2
        made.moved(name, "collect")


def _reviews(made):
    for name, status, attempt, finding in [
            ("found", "succeeded", "succeeded", "executed"), ("lost", "failed", "not_executed", "not-executed")]:
        made.order(name, "payout", status, attempt=attempt)
        made.asked(name, "payout")
        made.signed(name, "anna", finding, "first")
        made.signed(name, "ben", finding, "resolved")
        made.found(name)
    made.moved("found", "payout")
    made.order("alone", "payout", "under_review", attempt="unknown")
    made.asked("alone", "payout")
    made.signed("alone", "anna", "not-executed", "first")
    made.signed("alone", "anna", "not-executed", "same person")
    made.facts.reviews["alone"] = {"attempt": {"id": "att-alone"}, "signed": [{"person": "anna"}]}
    made.facts.kills = [(millis(20), millis(21))]


def _wallets(made):
    """A transfer between operators that was paid, one that was given back, and a wallet that was filled and paid from."""
    for name, status in (("sent", "succeeded"), ("returned", "failed")):
        legs = [(f"{name}-debit", "payment", "debit", "succeeded", 5_100),
                (f"{name}-credit", "payout", "credit", "succeeded" if status == "succeeded" else "failed", 5_000)]
        if status == "failed":
            legs.append((f"{name}-back", "refund", "compensation", "succeeded", 5_100))
        for leg, kind, _, leg_status, amount in legs:
            attempt = "succeeded" if leg_status == "succeeded" else "rejected"
            made.order(leg, kind, leg_status, amount, attempt=attempt, transfer=name,
                       **({"payment": f"{name}-debit"} if kind == "refund" else {}))
            if leg_status == "succeeded":
                made.moved(leg, "collect" if kind == "payment" else "payout", amount)
        made.facts.orders[f"{name}-debit"]["amount_refunded"] = 0 if status == "succeeded" else 5_100
        made.order(name, "transfer", status, sender_pays=5_100, recipient_gets=5_000, attempts=[],
                   **{"from": {"channel": "tmoney"}, "to": {"channel": "flooz"}},
                   legs=[{"id": leg, "role": role, "status": leg_status} for leg, _, role, leg_status, _ in legs])
        made.asked(name, "transfer")
    made.order("top-up", "payment", "succeeded", destination={"wallet": "purse"})
    made.asked("top-up", "payment")
    made.moved("top-up", "collect")
    made.order("bought", "payment", "succeeded", 2_000, channel="wallet", source={"wallet": "purse"})
    made.asked("bought", "payment")
    made.order("leaving", "payout", "under_review", 1_000, attempt="unknown", source={"wallet": "purse"})
    made.asked("leaving", "payout")
    made.facts.wallets = [{"id": "purse", "balance": {"posted": 3_000, "held": 1_000}}]
    made.facts.ledger = (0, "nothing is wrong")


def _line(order, category, amount, balance):
    return {"order": order, "transfer": None, "category": category, "amount": amount, "balance": balance}


def _holders(made):
    """A holder who topped up, sent something with a code that two calls came with, and paid a bill of two payers."""
    ama = Holder("ama", "+22890112233", "acc", "token", wallet={
        "id": "amas", "balance": {"posted": 3_100, "held": 0, "available": 3_100}})
    ama.history = [_line("rent", "bill", -900, 3_100), _line("gift", "transfer", -1_000, 4_000),
                   _line("filled", "top_up", 5_000, 5_000)]
    made.order("filled", "payment", "succeeded", destination={"wallet": "amas"})
    made.asked("filled", "payment", holder=ama)
    made.moved("filled", "collect")
    made.order("gift", "transfer", "succeeded", 1_000, sender_pays=1_000, recipient_gets=1_000, attempts=[], legs=[],
               **{"from": {"wallet": "amas"}, "to": {"wallet": "bens"}})
    made.asked("gift", "transfer", holder=ama).repeats = [(201, "gift", None, 1)]
    made.asked(None, "transfer", holder=ama, allowed=frozenset(["code_refused"]), refusal=(422, "code_refused", None))
    made.order("rent", "payment", "succeeded", 900, channel="wallet", source={"wallet": "amas"})
    made.asked("rent", "payment", holder=ama, bill="bill").payers = ["ama"]
    made.asked(None, "payment", bill="bill", allowed=frozenset(["bill_unpayable"]),
               refusal=(409, "bill_unpayable", None))
    made.facts.holders = [ama]
    made.facts.codes = [Code(ama, "transfer", "111111", {"gift"}, ["used"], calls=2),
                        Code(ama, "bill_payment", "222222", {"rent"}, calls=1)]
    made.told_bill("bill", "rent")
    made.facts.bills = [
        AskedBill({}, answers={"bill"}, id="bill", payers=2, shown={"state": "paid", "payment": "rent"}),
        AskedBill({}, answers={"gone"}, id="gone", deletions=[200], shown={"state": "deleted", "payment": None})]
    made.order("dialled", "payment", "succeeded", 900, bill="fees")
    made.asked("dialled", "payment", bill="fees", body={"amount": 900}, menu="ref-dialled")
    made.moved("dialled", "collect", 900)
    made.told_bill("fees", "dialled")
    made.asked(None, "payment", bill="fees", body={"amount": 900}, menu="ref-late")
    made.moved("late", "collect", 900)
    made.facts.unmatched = {"ref-late"}
    made.facts.bills.append(
        AskedBill({}, answers={"fees"}, id="fees", payers=2, shown={"state": "paid", "payment": "dialled"}))
    made.facts.listed = [made.facts.orders[name] for name in ("filled", "gift")]
    ama.inbox = {number: f"Ref. {line['order']}" for number, line in enumerate(ama.history)}
    made.facts.wallets += [{"id": "amas", "balance": {"posted": 3_100, "held": 0}},
                           {"id": "bens", "balance": {"posted": 1_000, "held": 0}},
                           {"id": "stall", "balance": {"posted": 5_000, "held": 0}}]


def _linked(made):
    """An app that collected into a business wallet, gave some of it back by a form of the console, and was unlinked."""
    cy = Holder("cy", "+22890112244", "acc-cy", "token", wallet={
        "id": "cys", "balance": {"posted": 0, "held": 0, "available": 0}})
    link = Link("app", "sk_linked", cy, "till", own="float", ending=millis(20), ended=millis(21))
    linked = {"app": link.key, "sent_at": millis(1), "answered_at": millis(2), "seen_at": millis(2)}
    made.order("float-in", "payment", "succeeded", destination={"wallet": "float"})
    made.asked("float-in", "payment", body={"amount": 5_000, "destination": {"wallet": "float"}}, **linked)
    made.moved("float-in", "collect")
    for name, amount, more, asked in [
            ("sold", 2_000, {"destination": {"wallet": "till"}, "amount_refunded": 600}, linked),
            ("after", 400, {}, {**linked, "sent_at": millis(22), "seen_at": millis(23)})]:
        made.order(name, "payment", "succeeded", amount, channel="wallet", source={"wallet": "float"}, **more)
        made.asked(name, "payment", body={"amount": amount, "source": {"wallet": "float"}}, **asked)
    made.order("back", "refund", "succeeded", 600, channel="wallet", payment="sold", metadata={"reason": "form 1"},
               initiated_by={"type": "console"})
    made.asked("back", "refund", parent="sold", body={"amount": 600}, filled={"reason": "form 1"},
               forms=[(303, "back", 0), (303, "back", 1)], **linked)
    made.asked(None, "refund", parent="sold", body={"amount": 50}, allowed=frozenset(["holder_required"]),
               refusal=(403, "holder_required", None), **{**linked, "sent_at": millis(22), "answered_at": millis(23)})
    made.order("out", "payout", "succeeded", 300, source={"wallet": "till"})
    made.asked("out", "payout", holder=cy)
    made.moved("out", "payout", 300)
    made.facts.codes.append(Code(cy, "cash_out", "333333", {"out"}, calls=1))
    link.balance = {"posted": 1_100, "held": 0, "available": 1_100}
    link.history = [_line("out", "cash_out", -300, 1_100), _line("back", "refund", -600, 1_400),
                    _line("sold", "payment", 2_000, 2_000)]
    link.payments = [made.facts.orders[name] for name in ("float-in", "sold", "after")]
    link.refunds = [made.facts.orders["back"]]
    cy.inbox = {number: f"Ref. {line['order']}" for number, line in enumerate(link.history)}
    made.facts.holders.append(cy)
    made.facts.links = [link]
    made.facts.listed.append(made.facts.orders["out"])
    made.facts.wallets += [{"id": "cys", "balance": {"posted": 0, "held": 0}},
                           {"id": "till", "balance": {"posted": 1_100, "held": 0}},
                           {"id": "float", "balance": {"posted": 3_200, "held": 0}}]


def _changes(made):
    """Three versions; the third was worked with after the first, and taken back once."""
    versions = [{"number": number, "hash": f"hash-{number}", "active": number == 1} for number in (3, 2, 1)]
    activations = [
        {"place": place, "number": number, "previous": previous, "rollback": back}
        for place, (number, previous, back) in enumerate([(1, None, False), (3, 1, False), (1, 3, True)], 1)]
    made.facts.changes = Changes(versions, activations, [1])


def _made():
    made = MadeUp()
    for part in (_payments, _numbers, _checkout, _counters, _reviews, _wallets, _holders, _linked, _changes):
        part(made)
    return made


_clean = _made()


def made_up():
    """Fresh facts without a fault, to plant one into."""
    return copy.deepcopy(_clean)
