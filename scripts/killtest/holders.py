"""People who have a wallet of their own, the codes that they are sent, and bills."""
import dataclasses

from .world import KEY


@dataclasses.dataclass
class Holder:
    """Somebody who signed up."""

    username: str
    phone: str
    account: str = None
    token: str = None
    # So many codes are sent to one person within an hour; whoever had all of them is asked for no more orders.
    spent: bool = False
    wallet: dict = None
    history: list = dataclasses.field(default_factory=list)
    # Every message that was seen, by its number; the sandbox itself forgets the oldest of all.
    inbox: dict = dataclasses.field(default_factory=dict)

    def look(self, world):
        """Reads what has arrived; all that was seen so far."""
        self.inbox.update({message["number"]: message["text"] for message in world.messages(self.phone)})
        return dict(self.inbox)


@dataclasses.dataclass
class Code:
    """One code that was sent: whatever it led to, and for which reasons it was refused."""

    holder: Holder
    purpose: str
    digits: str
    led_to: set = dataclasses.field(default_factory=set)
    reasons: list = dataclasses.field(default_factory=list)
    # How many calls of different keys came with it.
    calls: int = 0


@dataclasses.dataclass
class AskedBill:
    """One bill as its issuer wanted it."""

    body: dict
    app: str = KEY
    # Its issuer, unless a shop made it.
    holder: Holder = None
    answers: set = dataclasses.field(default_factory=set)
    id: str = None
    code: str = None
    # Statuses of answers to a wish to take it back.
    deletions: list = dataclasses.field(default_factory=list)
    # How many payers tried at once.
    payers: int = 0
    shown: dict = None


def gather_holders(world, journal, facts):
    """Asks what becomes of holders, their codes, and bills."""
    facts.holders, facts.codes, facts.bills = list(journal.holders), list(journal.codes), list(journal.bills)
    for holder in facts.holders:
        holder.look(world)
        status, home = world.patient("GET", "/v1/wallet", key=holder.token)
        holder.wallet = home["wallets"][0] if status == 200 else None
        holder.history = world.pages("/v1/wallet/history", holder.token) if status == 200 else []
    for bill in facts.bills:
        status, shown = world.patient("GET", f"/v1/bills/{bill.id}", key=bill.app)
        bill.shown = shown if status == 200 else None
    facts.listed = [order for kind in ("payments", "payouts", "transfers")
                    for order in world.pages(f"/v1/{kind}", world.holders_key)]
