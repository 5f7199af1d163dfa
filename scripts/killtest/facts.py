"""What is known at the end: what was asked, what the router says, what the operators and the webhooks say."""
import collections
import dataclasses
import urllib.parse

from .books import KINDS, names_of
from .changes import Changes, gather_changes
from .holders import gather_holders
from .linked import gather_links
from .payer import visit
from .shops import ENDED
from .world import again


@dataclasses.dataclass
class Facts:
    """All that verdicts are made of."""

    asked: list
    # The orders as the router shows them, by id, with captures and voids; `missing` are ids it does not know.
    orders: dict
    missing: list = dataclasses.field(default_factory=list)
    # Ids that one idempotency key stands for, by key, for keys that were sent more than once.
    by_key: dict = dataclasses.field(default_factory=dict)
    movements: list = dataclasses.field(default_factory=list)
    # Events of orders that were heard: their id and what they said; those of bills beside them.
    told: list = dataclasses.field(default_factory=list)
    bills_told: list = dataclasses.field(default_factory=list)
    hook_errors: list = dataclasses.field(default_factory=list)
    signings: list = dataclasses.field(default_factory=list)
    # Every wallet at the end, and what `payrouter ledger verify` said: exit code and output.
    wallets: list = dataclasses.field(default_factory=list)
    ledger: tuple = None
    # Reviews that are open at the end, of orders that people signed.
    reviews: dict = dataclasses.field(default_factory=dict)
    # When the router was away, in milliseconds since 1970.
    kills: list = dataclasses.field(default_factory=list)
    # Who has a wallet of their own, with `wallet` and `history` as the router shows them at the end.
    holders: list = dataclasses.field(default_factory=list)
    # The codes that were sent, and what they led to.
    codes: list = dataclasses.field(default_factory=list)
    # Bills as they were asked for, with `shown` as the router shows them at the end.
    bills: list = dataclasses.field(default_factory=list)
    # Apps that collect into a holder's business wallet, with what the router shows of wallet, payments and refunds.
    links: list = dataclasses.field(default_factory=list)
    # References of what operators told and nothing matches, as people of the platform see them.
    unmatched: set = dataclasses.field(default_factory=set)
    # Every order of the holders' app, by whoever asked for it.
    listed: list = dataclasses.field(default_factory=list)
    # Versions of the configuration.
    changes: Changes = dataclasses.field(default_factory=Changes)
    # What went wrong with the test itself, or with stopping.
    accidents: list = dataclasses.field(default_factory=list)

    def asked_of(self, order):
        """What asked for an order; `None` for captures and voids."""
        return self._by_id().get(order["id"])

    def _by_id(self):
        if not hasattr(self, "_ids"):
            self._ids = {asked.id: asked for asked in self.asked if asked.id and asked.kind != "capture"}
        return self._ids

    def moves(self, order):
        """The movements that belong to an order."""
        asked = self.asked_of(order)
        related = [self.orders[one["id"]] for one in order.get("related", []) if one["id"] in self.orders]
        names = names_of(order, asked.form if asked else None, self.orders.get(order.get("payment")), related)
        return [move for name in names for move in self._by_reference()[name]
                if move["kind"] in KINDS[order["object"]]]

    def _by_reference(self):
        if not hasattr(self, "_references"):
            self._references = collections.defaultdict(list)
            for move in self.movements:
                self._references[move["reference"]].append(move)
        return self._references

    def waits(self, order):
        """Whether an order still has to come to an end by itself."""
        asked, status = self.asked_of(order), order["status"]
        if status in (*ENDED, "under_review", "authorized"):
            return False
        if asked and asked.begun and asked.accepted is None:
            # It waits for its shop, rightly.
            return False
        # A code that was never typed because the router died first waits for the payer, rightly, and so does what is
        # offered anew after two people found that nothing was executed.
        found_none = {signing.order for signing in self.signings
                      if (signing.outcome, signing.finding) == ("resolved", "not-executed")}
        offered = order["id"] in found_none
        return not (status == "awaiting_customer" and (offered or (asked and asked.form)))

    def last_told(self):
        """The last event per order."""
        last = {}
        for _, event in self.told:
            name = event["data"]["id"]
            if name not in last or event["sequence"] > last[name]["sequence"]:
                last[name] = event
        return last

    def unheard(self):
        """Orders that ended, and the last event does not say so; payments of bills that no event calls paid."""
        last, bills = self.last_told(), {event["data"]["id"] for _, event in self.bills_told}
        return [order for order in self.orders.values() if order["status"] in ENDED
                and last.get(order["id"], {}).get("data", {}).get("status") != order["status"]] + [
            {"id": bill.shown["payment"], "status": "paid"} for bill in self.bills
            if (bill.shown or {}).get("state") == "paid" and bill.id not in bills]


    def untold(self):
        """Lines of holders' histories of which no message tells: the holder, and the line."""
        histories = [(one, one.history) for one in self.holders] + [(link.holder, link.history) for link in self.links]
        return [(holder, line) for holder, history in histories for line in history if not any(
            name and name in text for text in holder.inbox.values() for name in (line["order"], line["transfer"]))]


def gather(world, journal, people, receiver, accidents, changer, before=None):
    """Asks everybody. Orders come before the books, which so hold whatever an order says.

    With earlier facts what had ended then is not asked again; the last look takes nothing from before.
    """
    known = {} if before is None else {
        name: order for name, order in before.orders.items() if order["status"] in ENDED}
    facts = Facts(journal.all(), known, signings=list(people.signings), kills=list(world.kills))
    facts.accidents = list(accidents)
    for asked in facts.asked:
        if asked.kind == "capture":
            continue
        if asked.id is None or (asked.sends > 1 and before is None):
            _find(world, asked, facts)
        if asked.id is None or (asked.id in known and asked.kind != "transfer"):
            continue
        status, order = world.patient("GET", f"{'/v1/' + asked.kind + 's'}/{asked.id}", key=asked.app)
        if status != 200:
            facts.missing.append(asked.id)
            continue
        facts.orders[asked.id] = order
        for one in [*order.get("related", []), *order.get("legs", [])]:
            if one["object"] != "refund" or asked.kind == "transfer":
                facts.orders[one["id"]] = again(lambda path=f"/orders/{one['id']}": world.admin(path))[1]
    for order in {signing.order for signing in facts.signings}:
        status, review = again(lambda path=f"/reviews/{order}": world.admin(path))
        if status == 200:
            facts.reviews[order] = review
    facts.wallets = [wallet for key in world.keys for wallet in world.pages("/v1/wallets", key)]
    gather_holders(world, journal, facts)
    gather_links(world, journal, facts)
    facts.unmatched = _unmatched(world)
    if before is None:
        facts.changes = gather_changes(world, changer)
    facts.movements, heard, facts.hook_errors = world.books(), receiver.told(), list(receiver.errors)
    for one in heard:
        (facts.bills_told if one[1]["type"].startswith("bill.") else facts.told).append(one)
    return facts


def _unmatched(world):
    """What is left to people, all pages of it."""
    found, after = set(), ""
    while True:
        page = again(lambda: world.admin("/unmatched?limit=100" + after))[1]
        found |= {entry["reference"] or entry["operator_reference"] for entry in page["data"]}
        if not page["has_more"]:
            return found
        after = f"&after={urllib.parse.quote(page['next_cursor'])}"


def _find(world, asked, facts):
    """Looks an order up by its key, as a shop does that got no answer."""
    if asked.begun:
        return
    room = f"/v1/{asked.kind}s?idempotency_key={urllib.parse.quote(asked.kept_as or asked.key)}"
    _, found = world.patient("GET", room, key=asked.app)
    facts.by_key[asked.key] = [order["id"] for order in found["data"]]
    if asked.id is None and facts.by_key[asked.key]:
        asked.id = facts.by_key[asked.key][0]


def look_again(world, facts):
    """Payers whose page was in no answer that came look once more."""
    for order in facts.orders.values():
        asked = facts.asked_of(order)
        if asked and facts.waits(order):
            visit(world, asked, order)
