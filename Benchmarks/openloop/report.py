"""What came back, and figures made of it."""
import collections


def percentile(values, share):
    """The value below which this share of all lies; `None` without values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(values):
    """Count and percentiles of milliseconds."""
    rounded = {name: None if not values else round(percentile(values, share), 2)
               for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1))}
    return {"count": len(values), **rounded}


class Tally:
    """Counts of one load while it runs."""

    def __init__(self):
        self.begun = self.end = 0
        self.offered = self.in_time = self.given_up = self.without_retry_after = 0
        self.unanswered = self.left_waiting = self.connections_peak = self.connections_opened = 0
        self.by_outcome, self.reads_by_outcome = collections.Counter(), collections.Counter()
        self.accepted_ms, self.refused_ms, self.odd_ms, self.reads_ms, self.lag = [], [], [], [], []
        self.examples = []

    def figures(self):
        """Everything as JSON; times in milliseconds from the intended start."""
        seconds = self.end - self.begun
        return {
            "seconds": round(seconds, 3), "offered": self.offered, "offered_per_second": round(self.offered / seconds, 1),
            "by_outcome": {str(name): count for name, count in self.by_outcome.items()},
            "accepted": len(self.accepted_ms), "accepted_in_time_per_second": round(self.in_time / seconds, 1),
            "refused": len(self.refused_ms), "given_up": self.given_up, "left_waiting": self.left_waiting,
            "without_retry_after": self.without_retry_after, "unanswered": self.unanswered,
            "accepted_ms": spread(self.accepted_ms), "refused_ms": spread(self.refused_ms),
            "other_ms": spread(self.odd_ms), "reads_ms": spread(self.reads_ms),
            "reads_by_outcome": {str(name): count for name, count in self.reads_by_outcome.items()},
            # From the intended start until the request left: waiting for a connection, or for this process.
            "wait_before_leaving_ms": spread(self.lag),
            "connections": {"peak": self.connections_peak, "opened": self.connections_opened},
            "examples": self.examples,
        }
