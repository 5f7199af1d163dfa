"""Runs the generators, and judges what they say."""

import pathlib
import re
import subprocess

# What the generators cannot do with a right document; everything else they complain of is a fault of ours.
KNOWN = {
    "openapi-python-client": [
        # Its clients read JSON and text: pictures, and what operators send and get, are left out.
        r"Unsupported content_type (image/(png|svg\+xml)|\*/\*)",
        r"(parsing|within) .*((qr|wallet)\.(svg|png)|/callbacks/)",
        r"^Missing schema$|^Unsupported content type \*/\*",
    ],
    "openapi-generator": [
        # Fields of the payers' forms, of which clients have no use.
        r"Form parameters with additionalProperties are not supported",
        r"Failed to get the schema name: null",
        r"Codegen property is null \(e\.g\. map/dict of undefined type\)\. Default to typing\.Any",
        r"OpenAPI 3\.1 support is still in beta",
        r"\*/\*",
    ],
}
COMPLAINT = re.compile(r"WARN|ERROR|^Cannot|^Missing|^Unsupported|Traceback|Exception")


def generate(name, command, folder):
    """Runs a generator; what it complains of beyond what is known, a line each."""
    run = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    said = pathlib.Path(folder, name + ".log")
    said.write_text(run.stdout)
    unknown = [
        line for line in run.stdout.splitlines()
        if COMPLAINT.search(line) and not any(re.search(known, line) for known in KNOWN[name])
    ]
    return ([f"{name} ended with {run.returncode}: {run.stdout[-2000:]}"] if run.returncode else []) + unknown
