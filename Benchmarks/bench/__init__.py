"""The bench: how much the router does beside nginx alone, the bare pipeline of the same parts, and a Flask handler.

`machine` has ports, children and counters of the system; `operators` the nginx that plays operators and endpoints; `subjects`
what is measured; `load` what calls it; `rows` the measurements, a file for each family.
"""
