"""The planted faults of apps that collect into a holder's wallet, and of the console's forms."""
from .madeup import millis


def _refund_asked(name, **more):
    """Changes how a refund of what was sold was asked for; nothing came of the one without a name."""
    def plant(made):
        asked = next(one for one in made.facts.asked if (one.id, one.parent) == (name, "sold"))
        for field, value in more.items():
            setattr(asked, field, value)
    return plant


def _order(name, **more):
    return lambda made: made.facts.orders[name].update(more)


def _link(**more):
    return lambda made: [setattr(made.facts.links[0], name, value) for name, value in more.items()]


def _form(**more):
    return _refund_asked("back", **more)


def _in_vain(**more):
    return _refund_asked(None, **more)


def _refund(name, amount, **more):
    """One more refund of what was sold, with its line."""
    def plant(made):
        made.order(name, "refund", "succeeded", amount, channel="wallet", payment="sold",
                   **{"initiated_by": {"type": "console"}, **more})
        made.facts.links[0].refunds.append(made.facts.orders[name])
        made.facts.links[0].history.insert(0, {
            "order": name, "transfer": None, "category": "refund", "amount": -amount, "balance": 1_100 - amount})
        made.facts.links[0].balance["posted"] -= amount
    return plant


def _line(number, **more):
    return lambda made: made.facts.links[0].history[number].update(more)


def _grabbed(made):
    """The app pays with what is in the holder's wallet."""
    made.order("grab", "payment", "succeeded", 100, channel="wallet", source={"wallet": "till"})
    made.asked("grab", "payment", app="sk_linked", body={"amount": 100, "source": {"wallet": "till"}})


COLLECTED, GIVEN = "linked wallets hold what was collected", "linked wallets give back what was collected"
ENDED, FOLLOW, FORMS = "ended links give nothing back", "payments follow the link", "console forms work once"
CODED = "money leaves holders by code"
PLANTED_LINKS = [
    (COLLECTED, "the wallet is lost", _link(balance=None)),
    (COLLECTED, "a payment never came", lambda made: made.facts.links[0].balance.update(posted=1_000)),
    (COLLECTED, "a capture that was not made is in it", _order("sold", amount_collected=1_500)),
    (COLLECTED, "a refund left nothing behind", _order("back", status="failed")),
    (COLLECTED, "what the holder took out is still there", _order("out", status="failed")),
    (COLLECTED, "a line is missing", lambda made: made.facts.links[0].history.pop()),
    (COLLECTED, "a balance that is none", _line(1, balance=1_401)),
    (GIVEN, "more back than came", _refund("more", 1_500)),
    (GIVEN, "a refund that nobody asked for", _refund("ghost", 10)),
    (GIVEN, "with what is under way it is too much", lambda made: (
        _refund("more", 1_500)(made), made.facts.orders["more"].update(status="processing"))),
    (ENDED, "a refund after the end", _in_vain(id="late", refusal=None)),
    (ENDED, "refused for another reason", _in_vain(refusal=(422, "amount_too_large", None))),
    (ENDED, "refused while the link lasted", _in_vain(sent_at=millis(18), answered_at=millis(19))),
    (ENDED, "refused though the link never ended", _link(ending=None, ended=None)),
    (FOLLOW, "collected for the holder after the end", _order("after", destination={"wallet": "till"})),
    (FOLLOW, "collected for the app while it was linked", _order("sold", destination=None)),
    (FOLLOW, "collected for somebody else", _order("sold", destination={"wallet": "amas"})),
    (FOLLOW, "a payment that nobody asked for", lambda made: made.facts.links[0].payments.append(
        {**made.facts.orders["sold"], "id": "ghost"})),
    (FORMS, "sent twice, done twice", _refund("back-2", 600, metadata={"reason": "form 1"})),
    (FORMS, "done, and nothing came of it", _order("back", metadata={})),
    (FORMS, "refused, and yet done", _form(forms=[(422, "amount_too_large", 0)] * 2)),
    (FORMS, "answered with two orders", _form(forms=[(303, "back", 0), (303, "other", 1)])),
    (FORMS, "done, and then refused", _form(forms=[(303, "back", 0), (422, "amount_too_large", 1)])),
    (FORMS, "another amount than was typed", _form(body={"amount": 601})),
    (FORMS, "of another payment", _order("back", payment="after")),
    (FORMS, "nobody knows that it was the console", _order("back", initiated_by={"type": "app_key"})),
    (CODED, "the app spends what is in the holder's wallet", _grabbed),
    (CODED, "something else than a refund leaves the linked wallet", _line(1, category="payout")),
    (CODED, "a refund of what went elsewhere leaves it", _order("back", payment="after")),
    (CODED, "a refund leaves a wallet that is not linked", lambda made: made.facts.holders[0].history.append(
        {"order": "back", "transfer": None, "category": "refund", "amount": -600, "balance": 0})),
    (CODED, "the holder takes out of it without a code", lambda made: made.facts.codes.pop()),
    ("movements are told", "nobody told the holder of a linked wallet", lambda made: made.facts.holders[1].inbox.pop(1)),
]
