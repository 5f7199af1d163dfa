"""Generates both clients from a running router, and uses them."""

import argparse
import contextlib
import json
import pathlib
import sys
import tempfile
import traceback
import urllib.request

from client_checks.running import Router

from . import with_httpx, with_urllib
from .generating import generate

KEY = "sk_sandbox_demo"
CLIENTS = [
    ("openapi-python-client", "openapi.json", with_httpx.use,
     ["openapi-python-client", "generate", "--path", "openapi.json", "--output-path", "httpx-client", "--overwrite"],
     "httpx-client"),
    ("openapi-generator", "openapi-3.0.json", with_urllib.use,
     ["openapi-generator-cli", "generate", "-i", "openapi-3.0.json", "-g", "python", "-o", "urllib-client"],
     "urllib-client"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--keep", metavar="FOLDER", help="leave what was generated there")
    options = parser.parse_args()
    failed = 0
    with contextlib.ExitStack() as stack:
        folder = options.keep or stack.enter_context(tempfile.TemporaryDirectory())
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        router = stack.enter_context(contextlib.closing(Router(options.binary)))
        for name, document, use, command, package in CLIENTS:
            with urllib.request.urlopen(f"{router.url}/{document}", timeout=20) as answer:
                pathlib.Path(folder, document).write_text(json.dumps(json.load(answer)))
            faults = generate(name, command, folder)
            if not faults:
                sys.path.insert(0, str(pathlib.Path(folder, package)))
                try:
                    use(router.url, KEY)
                except Exception:
                    faults = [traceback.format_exc()]
            for fault in faults:
                print(f"{name}: {fault}")
            failed += bool(faults)
            print(f"{name}: {'failed' if faults else 'generated and used'}")
    print(f"generated clients: {len(CLIENTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
