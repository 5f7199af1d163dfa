"""What is proven, one part after the other. A new part is a class with these members, listed in `PARTS`."""
import json
import math
import os
import re
import select
import signal
import subprocess
import tempfile
import time

from hostile import CHECKS as HOSTILE

from .row import FAILED, PASSED, SKIPPED, Row, broke


def follow(command, root, environment=None, seconds=None):
    """Runs a command and shows what it prints; its exit code (`None` if it had to be ended) and its output."""
    process = subprocess.Popen(command, cwd=root, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    output, end = [], None if seconds is None else time.monotonic() + seconds
    try:
        while True:
            if select.select([process.stdout], [], [], 1)[0]:
                piece = os.read(process.stdout.fileno(), 65_536)
                if not piece:
                    return process.wait(), "".join(output)
                output.append(piece.decode(errors="replace"))
                print(output[-1], end="", flush=True)
            elif end and time.monotonic() > end:
                return None, "".join(output)
    finally:
        if process.poll() is None:
            # With everything it started.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()


class Hostile:
    """Strangers, overload and broken disks: scripts/hostile-test."""

    name = "hostile test"
    minutes = math.ceil(sum(check.seconds + check.more for check in HOSTILE) / 60)

    def run(self, root, binary, minutes, only=()):
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            command = ["scripts/hostile-test", "--binary", binary, "--json", file.name]
            command += [] if minutes is None else ["--minutes", f"{minutes:.2f}"]
            command += [part for name in only for part in ("--only", name)]
            code, _ = follow(command, root)
            text = open(file.name).read()
        if not text:
            return [broke(self.name, f"ended with {code} before it had verdicts")]
        return [Row(**one) for one in json.loads(text)]

    def checks(self):
        return [check.name for check in HOSTILE]


class Kills:
    """SIGKILL under load: scripts/kill-test."""

    name = "kill test"
    minutes, kills, seed = 6, 62, 4242
    verdict = re.compile(r"^(ok   |FAULT) (.+): (\d+)$", re.M)

    def run(self, root, binary, minutes, only=()):
        kills = self.kills if minutes is None else max(6, min(10 * self.kills, round(self.kills * minutes / self.minutes)))
        command = ["scripts/kill-test", "--kills", str(kills), "--seed", str(self.seed), "--binary", binary]
        code, output = follow(command, root, seconds=600 + 30 * kills)
        rows = [Row(f"kill test, {kills} kills: {name}", PASSED if state == "ok   " else FAILED, f"{count} looked at",
                    "no fault", "; ".join(_faults(output, match_end)))
                for state, name, count, match_end in
                ((*match.groups(), match.end()) for match in self.verdict.finditer(output))]
        ended = code in (0, 1) and bool(rows)
        rows.append(Row(f"kill test, {kills} kills: comes to an end", PASSED if ended else FAILED,
                        "ended" if ended else f"no end (exit code {code})", "ended", "" if ended else output[-300:]))
        return rows

    def checks(self):
        return []


def _faults(output, place):
    """The first faults that stand under a verdict."""
    faults = []
    for line in output[place + 1:].splitlines():
        if not line.startswith("      fault: "):
            break
        faults.append(line.removeprefix("      fault: "))
    return faults[:3]


class Lives:
    """The simulation, with lives that ./test does not live."""

    name = "long simulation"
    minutes, lives, batch, first = 15, 20_000, 2_000, 10_001

    def run(self, root, binary, minutes, only=()):
        """In batches, so that there is a verdict however fast the machine is; at least one."""
        built, _ = follow(["swift", "build", "--build-tests"], root)
        if built != 0:
            return [broke(self.name, "its tests do not build")]
        until = None if minutes is None else time.monotonic() + minutes * 60
        lived, wrong, longest = 0, [], 0.0
        while lived < self.lives if until is None else not lived or time.monotonic() + longest < until:
            begun = time.monotonic()
            code, output = follow(["swift", "test", "--skip-build", "--filter", r"^SimulationTests\.SimulationTests/.*money never moves twice"],
                                  root, {"FIRST_SEED": str(self.first + lived), "SEEDS": str(self.batch)}, 3_600)
            longest = max(longest, time.monotonic() - begun)
            wrong += re.findall(r"seed \d+: .*", output)
            if code != 0 and not wrong:
                wrong.append(f"exit code {code}: {output[-200:]}")
            if code == 0 and not re.search(r"Test run with [1-9]\d* tests? .*passed", output):
                wrong.append("no test of that name ran")
            lived += self.batch
            if wrong:
                break
        return [Row("long simulation: lives in which money moved twice, was lost, or was called failed wrongly",
                    FAILED if wrong else PASSED, f"{len(wrong)} of {lived}", "0", "; ".join(wrong[:3]))]

    def checks(self):
        return []


class Package:
    """A release on a minimal Debian without Swift: scripts/package, scripts/package-test."""

    name = "package"
    minutes = 4

    def run(self, root, binary, minutes, only=()):
        """Packs the router under test; what fails to be made or tried has failed."""
        with tempfile.TemporaryDirectory() as folder:
            code, output = follow(["scripts/package", "--binary", binary, "--output", folder], root, seconds=600)
            if code != 0:
                return [broke(self.name, f"is not made: {output[-300:]}")]
            verdicts = os.path.join(folder, "verdicts.json")
            code, output = follow(["scripts/package-test", "--deb", output.split()[-1], "--json", verdicts], root, seconds=1_200)
            if code == 3:
                return [Row(self.name, SKIPPED, "-", "starts on a minimal Debian", output.strip())]
            if not os.path.exists(verdicts):
                return [broke(self.name, f"ended with {code} before it had verdicts: {output[-300:]}")]
            return [Row(**{**one, "name": f"package: {one['name']}"}) for one in json.load(open(verdicts))]

    def checks(self):
        return []


PARTS = [Hostile(), Kills(), Lives(), Package()]
