"""Payers: they do what an answer shows, and nothing else."""
import urllib.parse
import urllib.request

from .browser import open_here
from .world import NO_ANSWER


def visit(world, asked, payment):
    """Opens the pages, posts the forms, scans the codes of a payment; each of them once.

    A link that no answer showed is opened by nobody.
    """
    shown = payment.get("next_action") or {}
    for action in [shown, *shown.get("also", [])]:
        link, form = action.get("url", ""), None
        if action.get("type") == "show_qr":
            # Whoever scans a picture finds the order's page in it; here its address is made from the order's number.
            link = action["content"]
            if link.startswith("data:"):
                link = f"{world.operators}/ksher/pay/{payment['attempts'][-1]['reference']}"
        elif action.get("type") == "submit_form":
            form = urllib.parse.urlencode(action["fields"]).encode()
        if not link.startswith(world.operators + "/") or (link, form) in asked.opened:
            continue
        try:
            status, _, _ = open_here(urllib.request.Request(link, data=form))
        except NO_ANSWER:
            continue
        if status < 500:
            asked.opened.add((link, form))
