"""docs/safety-case.md: words that people write, and a table between two marks that ./prove writes."""
import datetime
import os
import platform
import subprocess

BEGIN, END = "<!-- the table of ./prove begins -->", "<!-- the table of ./prove ends -->"


def table(rows):
    """The rows as Markdown, with what explains a figure below."""
    lines = ["| name | verdict | figure | limit |", "| --- | --- | --- | --- |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in (row.name, row.state, row.figure, row.limit)) + " |"
              for row in rows]
    return lines


def heading(root, parts, minutes):
    """When, where and how."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True).stdout.strip()
    length = "at full length" if minutes is None else f"with a budget of {minutes:g} minutes"
    return (f"{datetime.date.today().isoformat()}, commit {commit or 'unknown'}, {os.cpu_count()} cores, "
            f"{platform.system()} {platform.machine()}: {', '.join(part.name for part in parts)}, {length}.")


def write(path, head, rows):
    """Replaces what stands between the marks; `ValueError` if they are not there, once and in order."""
    text = open(path).read()
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"{path} must hold {BEGIN!r} and {END!r}, once each and in this order")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    failed = sum(row.state == "failed" for row in rows)
    skipped = sum(row.state == "skipped" for row in rows)
    sums = f"{len(rows) - failed - skipped} passed, {failed} failed, {skipped} skipped."
    with open(path, "w") as file:
        file.write("\n".join([before + BEGIN, "", head, "", *table(rows), "", sums, "", END + after]))
