"""An app that collects into a holder's business wallet and gives back out of it, by its key and in the console."""
import re

from . import ENDED
from ..asked import fresh_key
from ..clock import now
from ..linked import PASSWORD, Developer, Link
from .forms import ConsoleForms
from .payers import PayerShop
from .returns import CAPPED

# Why a refund may be refused: too much was asked for, the holder has taken the money out, or the link has ended.
REFUSED = (*CAPPED, "insufficient_funds", "holder_required")
# What becomes of money that is held; what is kept is captured once the link has ended.
HELD = ["key", "form", "keep", "cancel"]


class LinkedShop(PayerShop, ConsoleForms):
    """Pays out of a wallet of its own into the linked one, gives back in parts, and ends the link."""

    least = 6

    def __init__(self, *arguments):
        super().__init__(*arguments)
        # One of them always ends its link, when the end of the test is near.
        self.ends = self.number == 0 or self.dice.random() < 0.5
        self.developer, self._collected, self._kept = Developer(self.world, f"dev{self.number}"), [], []
        self.link = self.link_up()

    def has_done_enough(self):
        return super().has_done_enough() and (self.link.ended or not self.ends)

    def round(self):
        # The sandbox forgets the oldest messages.
        self.link.holder.look(self.world)
        near = len(self.world.kills) * 4 >= self.world.planned * 3 or self.stopping.is_set()
        if self.ends and near and self._collected and not self.link.ended:
            return self.end()
        self.submit_older()
        self.repeat_older()
        if self.link.ended:
            self.refund_in_vain()
        way = self.turn("way", ["pay", "hold", "take out", "hold", "pay", "be paid"])
        getattr(self, "_" + way.replace(" ", "_"))()

    def link_up(self):
        """An app of the developer's that a holder lets collect into a business wallet; the router is not killed yet."""
        app, key = self.developer.app(f"Linked {self.number}")
        holder = self.sign_up()
        self.confirm_email(holder)
        status, wallet = self.until_answered(
            "POST", "/v1/wallet/wallets", {"purpose": "business"}, {"Idempotency-Key": fresh_key(self.dice)},
            token=holder.token)
        if status != 201:
            raise SystemExit(f"no business wallet: {status} {wallet}")
        after, path = self.newest(holder), f"/console/apps/{app}/wallet"
        shown = self.developer.send(path, {"form": self.developer.token}, phone=holder.phone)
        if f'action="{path}/code"' not in shown:
            raise SystemExit(f"no code for {app}")
        self.developer.send(f"{path}/code", {"form": self.developer.token, "phone": holder.phone},
                            code=self.digits(holder, after))
        link = Link(app, key, holder, wallet["id"])
        status, own = self.until_answered(
            "POST", "/v1/wallets", {"owner": "app", "currency": "XOF"}, {"Idempotency-Key": fresh_key(self.dice)},
            token=key)
        if status != 201:
            raise SystemExit(f"no wallet of {app}: {status} {own}")
        link.own = own["id"]
        self.world.keys.append(key)
        self.journal.links.append(link)
        return link

    def confirm_email(self, holder):
        address = f"{holder.username}@example.com"
        self.until_answered("PATCH", "/v1/wallet", {"email": address, "password": PASSWORD}, token=holder.token)
        found, until = None, now() + 30_000
        while found is None and now() < until:
            texts = " ".join(message["text"] for message in self.world.messages(address))
            found = re.search(r"c=(otc_[0-9A-Z]+)&k=([0-9a-f]+)", texts)
        status, answer = self.until_answered(
            "POST", "/v1/wallet/email/confirm", {"challenge": found[1], "key": found[2]}, token=None)
        if status != 200:
            raise SystemExit(f"{address} is not confirmed: {status} {answer}")

    def _pay(self):
        """Several at once, of which one is given back."""
        self.fill()
        paid = [self.payment(1_500) for _ in range(3)]
        self.at_once([lambda asked=asked: self.send(asked) for asked in paid])
        done = [asked for asked in paid if asked.id
                and self.follow("/v1/payments", asked, ENDED, 4)["status"] == "succeeded"]
        if done:
            self.give_back(done[0])
        self._collected += [] if self.link.ending else done[1:]

    def give_back(self, payment):
        """Refunds at once, by key and by form, together more than there is; a form is sent by several tabs."""
        forms = [self.fill_in("refund", payment, part, *REFUSED) for part in (500, 400)]
        calls = [lambda asked=self.refund(payment, part): self.send(asked, *REFUSED) for part in (600, 700)]
        for asked in filter(None, forms):
            calls += [lambda asked=asked: self.submit(asked)] * self.turn("tabs", [2, 1, 3])
        self.dice.shuffle(calls)
        self.at_once(calls)

    def _hold(self):
        """Holds, and captures by key and by form at once, or releases; something is kept for later."""
        self.fill()
        payment = self.payment(1_200, capture=False)
        if self.send(payment) is None or self.follow(
                "/v1/payments", payment, ("authorized", "failed"), 4)["status"] != "authorized":
            return
        fate = self.turn("held", HELD)
        if fate == "keep" and not self.link.ending and len(self._kept) < 2:
            self._kept.append(payment)
        elif fate == "cancel":
            self.until_answered("POST", f"/v1/payments/{payment.id}/cancel", token=self.link.key)
        else:
            self.capture(payment, by_form=fate == "form")

    def capture(self, payment, by_form):
        captures = [self.new("capture", f"/v1/payments/{payment.id}/capture", {"amount": 900}, parent=payment.id,
                             app=self.link.key, label="linked/capture of 900")]
        calls = [lambda: self.send(captures[0], *CAPPED, "payment_final")]
        form = self.fill_in("capture", payment, 800, *CAPPED, "payment_final") if by_form else None
        calls += [lambda: self.submit(form)] * 2 if form else []
        self.at_once(calls[::-1])

    def _take_out(self):
        """The holder takes something out by code, which the app cannot."""
        holder, body = self.link.holder, {"wallet": self.link.wallet, "amount": 300, "currency": "XOF"}
        value, source = self.values["tmoney", "payout"]["succeeds"]["request"], {"source": {"wallet": self.link.wallet}}
        greedy = [self.new(kind, f"/v1/{kind}s", {**wish, "amount": 200, **source}, label="linked/grab", app=self.link.key)
                  for kind, wish in [("payment", {"currency": "XOF"}), ("payout", value)]]
        self.at_once([lambda asked=asked: self.send(asked, "wallet_unusable") for asked in greedy])
        if holder.spent:
            return
        if self.turn("out", [0, 1]):
            to = {"channel": "tmoney", "phone": value["party"]["phone"]}
            self.with_code(holder, "cash_out", "payout", "cash_outs", {**body, **to}, "linked cash-out", 2)
        else:
            other = {"to": {"user": self.person().username}}
            self.with_code(holder, "transfer", "transfer", "transfers", {**body, **other}, "linked send", 2)

    def _be_paid(self):
        """Holders pay the app."""
        holders = [self.person(), self.person(1)]
        for holder in holders:
            self.top_up(holder)
        self.show_to(holders, self.link.key)

    def end(self):
        """Ends the link while money goes to and fro; from then on nothing is given back out of the wallet."""
        self.fill()
        before = self._collected[-1]
        refund, payment = self.refund(before, 200), self.payment(300)
        form = self.fill_in("refund", before, 100, *REFUSED)
        calls = [self.unlink, lambda: self.send(refund, *REFUSED), lambda: self.send(payment)]
        calls += [lambda: self.submit(form)] if form else []
        self.at_once(calls)
        payments = [self.payment(310), self.payment(320)]
        self.at_once([lambda asked=asked: self.send(asked) for asked in payments])
        self.refund_in_vain()
        self.submit_older()
        for held in self._kept:
            self.capture(held, by_form=False)

    def unlink(self):
        self.link.ending = now()
        status, _, text = self.page(f"/console/apps/{self.link.app}/wallet/unlink", {"form": self.developer.token},
                                    browser=self.developer.visitor)
        if status != 303:
            raise ValueError(f"the link does not end: {status} {text[-300:]}")
        self.link.ended = now()

    def refund_in_vain(self):
        """Asks for a refund that the holder would have to allow, by key and by form."""
        payment = self.dice.choice(self._collected)
        self.send(self.refund(payment, 50), *REFUSED)
        form = self.fill_in("refund", payment, 60, *REFUSED)
        if form:
            self.submit(form)

    def fill(self):
        """Fills the app's own wallet over an operator."""
        filled = self.new("payment", "/v1/payments", {
            **self.values["tmoney", "collect"]["succeeds"]["request"], "destination": {"wallet": self.link.own}},
                          label="linked/top-up", app=self.link.key)
        if self.send(filled):
            self.follow("/v1/payments", filled, ENDED, 8)

    def payment(self, amount, **more):
        return self.new("payment", "/v1/payments", {
            "amount": amount, "currency": "XOF", "source": {"wallet": self.link.own}, **more},
                        label="linked/payment", app=self.link.key)

    def refund(self, payment, amount):
        return self.new("refund", f"/v1/payments/{payment.id}/refunds", {"amount": amount}, parent=payment.id,
                        app=self.link.key, label=f"linked/refund of {amount}")
