"""A load generator with constant arrivals: callers come when they come, whether or not the router is ready for them.

`engine` speaks HTTP over many connections in one thread; `load` decides who calls when, and adds up what came back;
`report` makes figures of it. `python3 Benchmarks/openloop --help` says how to use it.
"""
