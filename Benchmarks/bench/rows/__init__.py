"""The measurements, a family in each file; each prints its rows and returns its figures."""
from .. import load, machine
from ..subjects import TMONEY, Bare, Floor, Router
from .callbacks import callbacks
from .console import console
from .filled import filled
from .payments import check, payments, system_calls
from .reads import reads
from .search import search
from .shown import ratio, show
from .storage import storage
from .wallets import wallets
from .webhooks import webhooks
from .wires import cards, secure


def everything(bench):
    figures = {"machine": machine.name()}
    print(figures["machine"], flush=True)
    wanted = set(bench.only or ["payments", "webhooks", "callbacks", "tls", "card", "wallets", "filled"])
    if "payments" in wanted:
        figures.update(_with_one_router(bench))
    for name, measure in (("webhooks", webhooks), ("callbacks", callbacks), ("tls", secure), ("card", cards), ("wallets", wallets),
                          ("filled", filled), ("search", search), ("console", console)):
        if name in wanted:
            figures[name] = measure(bench)
    return figures


def _with_one_router(bench):
    """Payments, reads and what they leave, of one router and of what it is compared with."""
    figures = {"ceiling": load.pay(bench.operators.proxy_url, 64, bench.seconds)}
    show("ceiling: nginx proxy_pass, 64 callers", figures["ceiling"])
    router = Router(bench.binary, "tmoney", TMONEY, bench.operators.url)
    bare = Bare(bench.binary, bench.operators.url, "bare")
    styles = ["tuned"] if bench.quick else ["documented", "tuned"]
    floors = {f"floor, {style}": Floor(style, bench.operators.url) for style in styles}
    figures["payments"] = payments(bench, router, bare, floors)
    ratio("router / ceiling", figures["payments"]["router_64"]["per_second"] / figures["ceiling"]["per_second"])
    figures["wrong"] = check(router)
    figures["system_calls"] = system_calls(bench, router)
    figures["reads"] = reads(bench, router, bare)
    figures["storage"] = storage(bench, router)
    bare.stop()
    return figures
