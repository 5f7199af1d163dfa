"""Apps that collect into a business wallet of a holder's, as the holder has let them."""
import dataclasses
import re

from .browser import Visitor, form_to
from .holders import Holder

PASSWORD = "zemidjan-jaune-47"


@dataclasses.dataclass
class Link:
    """One app, and the wallet that it is linked to."""

    app: str
    key: str
    holder: Holder
    wallet: str
    # The app's own wallet, out of which its payments are paid.
    own: str = None
    # When its end was first wished, and when it had certainly ended, in milliseconds since 1970.
    ending: int = None
    ended: int = None
    # As the router shows them at the end: the wallet's balance and lines, and every payment and refund of the app.
    balance: dict = None
    history: list = dataclasses.field(default_factory=list)
    payments: list = dataclasses.field(default_factory=list)
    refunds: list = dataclasses.field(default_factory=list)

    def collected(self):
        """The app's payments whose money went to the wallet, by id."""
        return {payment["id"]: payment for payment in self.payments
                if (payment.get("destination") or {}).get("wallet") == self.wallet}

    def given_back(self):
        """The app's refunds of those, which alone may leave the wallet without a code."""
        collected = self.collected()
        return [refund for refund in self.refunds if refund["payment"] in collected]


class Developer:
    """Somebody who is signed in to the console, with an account that whoever runs the platform has made."""

    def __init__(self, world, name):
        self.visitor = Visitor(world.base)
        code, output, error = world.command(
            "users", "create", name.title(), "--email", f"{name}@example.com", "--username", name, "--role", "developer")
        if code:
            raise SystemExit(f"users create: {error}")
        way = re.search(r"http://\S+", output).group().removeprefix(world.base)
        self.send("/console/reset", self.fields(way, "/console/reset"), password=PASSWORD)
        self.send("/console/signin", self.fields("/console/signin", "/console/signin"), username=name, password=PASSWORD)
        # The same in every form of a session.
        self.token = self.fields("/console/apps/new", "/console/apps")["form"]

    def fields(self, path, action):
        """What a form of a page sends."""
        return form_to(action, self.visitor.open(path)[2])

    def send(self, path, fields, **typed):
        """Sends a form that nothing may refuse; what is shown then."""
        status, _, text = self.visitor.form(path, {**fields, **typed})
        if status >= 400:
            raise SystemExit(f"{path}: {status} {re.findall('class=.error[^>]*>([^<]*)', text)}")
        return text

    def app(self, name):
        """A new app: its id and its secret key, which is shown once."""
        shown = self.send("/console/apps", {"form": self.token}, name=name, about="", phone="")
        return re.search(r"app_[0-9A-Z]{26}", shown).group(), re.search(r"sk_sandbox_[0-9A-Za-z]+", shown).group()


def gather_links(world, journal, facts):
    """Asks what becomes of linked apps, and of the wallets."""
    facts.links = list(journal.links)
    for link in facts.links:
        _, home = world.patient("GET", "/v1/wallet", key=link.holder.token)
        link.balance = next((one["balance"] for one in home["wallets"] if one["id"] == link.wallet), None)
        link.history = world.pages(f"/v1/wallet/history?wallet={link.wallet}", link.holder.token)
        link.payments, link.refunds = world.pages("/v1/payments", link.key), world.pages("/v1/refunds", link.key)
