"""Payments by wallet, payments into one merchant's wallet, and transfers between wallets, beside payments at an operator."""
import json
import subprocess
import time
import uuid

from .. import load
from ..subjects import TMONEY, Router
from .shown import call, cost, in_turns, ratio, show

WALLET = {"kind": "wallet", "environment": "sandbox", "settings": {"currencies": ["XOF"]}}
PLENTY = 1_000_000_000_000
# How many payments a merchant's one wallet takes in a row.
HOT = 10_000


class Way:
    """One kind of call to the same router."""

    def __init__(self, router, path, body):
        self.router, self.path = router, path
        self.bodies = [json.dumps(one) for one in (body if isinstance(body, list) else [body])]

    def pay(self, callers, seconds):
        return self.router.pay(callers, seconds, self.bodies, path=self.path)


def wallets(bench):
    """All in turns on one router, so that they share its file."""
    router = Router(bench.binary, "wallets", TMONEY, bench.operators.url, others={"wallet": WALLET})
    payer, merchant, friend = (_wallet(router) for _ in range(3))
    _fill(router, payer)
    many = [_wallet(router) for _ in range(64)]
    amount = {"amount": 1, "currency": "XOF"}
    ways = {
        "operator": Way(router, "/v1/payments", json.loads(load.TMONEY)),
        "by wallet": Way(router, "/v1/payments", {**amount, "source": {"wallet": payer}}),
        "into one wallet": Way(
            router, "/v1/payments", {**amount, "source": {"wallet": payer}, "destination": {"wallet": merchant}}),
        "into many wallets": Way(
            router, "/v1/payments",
            [{**amount, "source": {"wallet": payer}, "destination": {"wallet": one}} for one in many]),
        "transfers": Way(
            router, "/v1/transfers", {**amount, "from": {"wallet": payer}, "to": {"wallet": friend}}),
    }
    for way in ways.values():
        way.pay(64, 1)
    best = in_turns(bench.turns, ways, lambda way: way.pay(64, bench.seconds))
    figures = {}
    for name, result in best.items():
        show(f"wallets: {name}, 64 callers", result, cost(result))
        figures[name] = result
    for name in ("by wallet", "transfers"):
        figures[f"{name} / operator"] = ratio(
            f"{name} / payments at an operator", best[name]["per_second"] / best["operator"]["per_second"])
    figures["hot / spread"] = ratio(
        "into one wallet / into many wallets",
        best["into one wallet"]["per_second"] / best["into many wallets"]["per_second"])
    balance = json.loads(call(router.url, f"/v1/wallets/{merchant}"))["balance"]["posted"]
    print(f"the merchant's wallet took {balance} payments; {HOT} are asked for", flush=True)
    while balance < HOT:
        ways["into one wallet"].pay(64, 1)
        balance = json.loads(call(router.url, f"/v1/wallets/{merchant}"))["balance"]["posted"]
    router.stop()
    figures["verify"] = _verify(bench.binary, router)
    return figures


def _verify(binary, router):
    """That the ledger is what its orders make it, and how long that takes to find out."""
    began = time.time()
    done = subprocess.run([binary, "ledger", "verify", "--data", router.data], capture_output=True, text=True)
    print(f"ledger verify: exit {done.returncode} after {time.time() - began:.1f} s; {done.stdout.splitlines()[-1:]}", flush=True)
    return {"exit": done.returncode, "seconds": time.time() - began}


def _post(router, path, body):
    return json.loads(call(router.url, path, body, "POST", str(uuid.uuid4())))


def _wallet(router):
    return _post(router, "/v1/wallets", {"owner": "app", "currency": "XOF"})["id"]


def _fill(router, wallet):
    """The app pays itself: a payout to a wallet is executed at once."""
    paid = _post(router, "/v1/payouts", {"amount": PLENTY, "currency": "XOF", "party": {"wallet": wallet}})
    if paid["status"] != "succeeded":
        raise SystemExit(f"the wallet could not be filled: {paid}")
