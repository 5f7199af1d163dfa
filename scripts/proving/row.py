"""One row of the table: a name, a verdict, a figure, a limit."""
import dataclasses

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    state: str
    figure: str
    limit: str
    note: str = ""


def broke(name, reason):
    """A part that came to no verdict has failed."""
    return Row(name, FAILED, "-", "comes to an end", reason)
