"""Versions of the configuration, and which of them was worked with when."""


def versions_are_kept(facts):
    """Versions of the configuration."""
    numbers = [version["number"] for version in facts.changes.versions]
    faults = [] if numbers == list(range(len(numbers), 0, -1)) else [f"the versions are {numbers}"]
    for older, newer in zip(facts.changes.versions[1:], facts.changes.versions):
        if older["hash"] == newer["hash"]:
            faults.append(f"version {newer['number']} has the bytes of the one before it")
    return len(numbers), faults


def one_version_is_worked_with(facts):
    """Activations, each of which names the version that was worked with before it."""
    faults, before = [], None
    for activation in facts.changes.activations:
        if activation["previous"] != before:
            faults.append(f"version {activation['number']} came after {activation['previous']}, not after {before}")
        before = activation["number"]
    active = [version["number"] for version in facts.changes.versions if version["active"]]
    if facts.changes.versions and active != [before]:
        faults.append(f"{active} are worked with; the last activation is of {before}")
    return len(facts.changes.activations), faults


def acknowledged_activations_are_kept(facts):
    """Versions that a command took back, and was told so."""
    left = [one["number"] for one in facts.changes.activations if one["rollback"]]
    faults = []
    for number in facts.changes.acknowledged:
        if number in left:
            left.remove(number)
        else:
            faults.append(f"version {number} was taken back, and no activation says so")
    return len(facts.changes.acknowledged), faults


CHECKS = [versions_are_kept, one_version_is_worked_with, acknowledged_activations_are_kept]
