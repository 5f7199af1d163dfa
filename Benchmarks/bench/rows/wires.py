"""Other wires to operators than a fresh connection in the clear."""
from .. import load
from ..subjects import CARD, TMONEY, Bare, Router
from .shown import cost, in_turns, ratio, show


def secure(bench):
    """A new TLS connection for each payment."""
    router = Router(bench.binary, "tls", TMONEY, bench.operators.secure_url, "--operator-ca", bench.operators.authority)
    bare = Bare(bench.binary, bench.operators.secure_url, "bare-tls", "--ca", bench.operators.authority)
    best = in_turns(bench.turns, {"router": router, "bare": bare}, lambda subject: subject.pay(64, bench.seconds))
    for name, result in best.items():
        show(f"{name}: fresh TLS connection each, 64 callers", result, cost(result))
    value = ratio("TLS, router / bare", best["router"]["per_second"] / best["bare"]["per_second"])
    resumed = ratio("handshakes that were resumed", bench.operators.resumed())
    router.stop()
    bare.stop()
    return {**best, "router / bare": value, "resumed": resumed}


def cards(bench):
    """Two calls over kept connections."""
    router = Router(bench.binary, "card", CARD, bench.operators.url)
    bare = Bare(bench.binary, bench.operators.url, "bare-two", "--two-calls")
    router.pay(64, 1, load.CARD)
    best = in_turns(bench.turns, {"router": router, "bare": bare},
                    lambda subject: subject.pay(64, bench.seconds, load.CARD))
    for name, result in best.items():
        show(f"{name}: card, two calls, keep-alive, 64 callers", result, cost(result))
    value = ratio("card, router / bare with two calls", best["router"]["per_second"] / best["bare"]["per_second"])
    router.stop()
    bare.stop()
    return {**best, "router / bare": value}
