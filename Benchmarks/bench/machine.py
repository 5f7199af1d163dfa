"""Ports, child processes, and what the system counts of them."""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

FOLDER = tempfile.mkdtemp(prefix="payrouter-bench-")
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHILDREN = []


def name():
    model = open("/proc/cpuinfo").read().split("model name")[1].split(":")[1].splitlines()[0].strip()
    return f"{os.cpu_count()} cores, {model}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spawn(command, **more):
    log = open(os.path.join(FOLDER, os.path.basename(command[0]) + ".log"), "ab")
    process = subprocess.Popen(command, stdout=log, stderr=log, **more)
    CHILDREN.append(process)
    return process


def wait_for(url, process=None, seconds=120):
    until = time.time() + seconds
    while time.time() < until:
        if process and process.poll() is not None:
            sys.exit(f"bench: the server for {url} ended; its output is in {FOLDER}")
        try:
            return urllib.request.urlopen(url, timeout=1).read()
        except OSError:
            time.sleep(0.005)
    sys.exit(f"bench: {url} does not answer; see {FOLDER}")


def wait_for_port(port, seconds=30):
    until = time.time() + seconds
    while time.time() < until:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
    sys.exit(f"bench: nothing listens on port {port}; see {FOLDER}")


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid, which):
    """In MB: `VmRSS` now, `VmHWM` at most."""
    return int(re.search(rf"^{which}:\s+(\d+) kB", open(f"/proc/{pid}/status").read(), re.M)[1]) / 1024


def switches(pid):
    """How often threads of a process gave way because they had to wait."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            text = open(f"/proc/{pid}/task/{task}/status").read()
        except OSError:
            continue
        total += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.M)[1])
    return total


def written(pid):
    """Bytes that a process has had written to storage."""
    return int(re.search(r"^write_bytes: (\d+)", open(f"/proc/{pid}/io").read(), re.M)[1])


def calls(pid, seconds, names):
    """System calls of a process within some seconds, by name, as strace counts them."""
    run = subprocess.run(
        ["timeout", "-s", "INT", str(seconds), "strace", "-f", "-c", "-e", "trace=" + ",".join(names), "-p", str(pid)],
        capture_output=True, text=True)
    counts = {name: 0 for name in names}
    for line in run.stderr.splitlines():
        parts = line.split()
        if parts and parts[-1] in counts and len(parts) >= 5:
            counts[parts[-1]] = int(parts[3])
    return counts


def end():
    for child in CHILDREN:
        child.terminate()
    for child in CHILDREN:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
    shutil.rmtree(FOLDER, ignore_errors=True)
