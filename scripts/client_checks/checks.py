"""Counts what holds and says what does not."""

import sys
import traceback


class Checks:
    """The checks of one part; each has a name of its own."""

    def __init__(self, part):
        self.part = part
        self.passed = 0
        self.failed = 0

    def that(self, name, holds, detail=""):
        """Something that must hold."""
        if holds:
            self.passed += 1
        else:
            self.fail(name, detail)
        return holds

    def equal(self, name, found, wanted):
        return self.that(name, found == wanted, f"found {found!r}, wanted {wanted!r}")

    def raises(self, name, error, call, holds=lambda error: True):
        """A call that must fail with an error of one type, about which something holds."""
        try:
            answer = call()
        except error as found:
            return self.that(name, holds(found), f"{type(found).__name__}: {found}; {vars(found)!r:.600}")
        except Exception as found:  # Any other error is the finding.
            return self.fail(name, f"{type(found).__name__} instead of {error.__name__}: {found}")
        return self.fail(name, f"no error; {answer!r:.300}")

    def fail(self, name, detail=""):
        self.failed += 1
        print(f"FAILED {self.part}: {name}: {detail}", file=sys.stderr, flush=True)
        return False

    def group(self, work, *given):
        """Runs a function of checks; an error of its own is one failure, and the others go on."""
        try:
            work(self, *given)
        except Exception:
            self.fail(getattr(work, "__name__", "part"), traceback.format_exc())
