"""The configuration that ships with the project, with what goes without saying in the sandbox written out.

The same rules as `SandboxAccounts` in Sources/SandboxHosting has.
"""
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def written_out():
    """`providers.json` as the router understands it."""
    configuration = json.loads((ROOT / "providers.json").read_text())
    accounts = json.loads((ROOT / "Sources/SandboxHosting/Resources/accounts.json").read_text())
    for provider in configuration["providers"]:
        flow = provider.get("settings", {}).get("flow")
        own = next((a for a in accounts if a["kind"] == provider["kind"] and a.get("flow", flow) == flow), None)
        if provider["environment"] != "sandbox" or not provider.get("base_url", "http://").startswith("http://") or own is None:
            continue
        for name in ("settings", "secrets"):
            provider[name] = {**own.get(name, {}), **provider.get(name, {})}
        provider.setdefault("contract", own["contract"])
    return configuration
