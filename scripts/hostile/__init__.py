"""The parts of scripts/hostile-test: strangers, overload and broken disks, and what must hold beside them.

`common` starts sandbox operators and a router with data folders of their own; `wire` speaks HTTP by hand; `attackers`
hold connections; `books` holds what the router says against what the operators executed; `verdict` turns a figure and a
limit into an answer. Every other file holds checks of one kind, which `CHECKS` lists in the order they run.
"""
from . import connections, data, disk, keyless, mixed, oddities, overload, providers, slow

CHECKS = [check for part in (oddities, slow, keyless, providers, connections, disk, data, overload, mixed)
          for check in part.CHECKS]
