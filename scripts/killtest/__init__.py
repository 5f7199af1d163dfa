"""The parts of scripts/kill-test: a world of processes, shops and people that use it, and verdicts about the end.

Shops (`shops`) ask for money and write down what they asked (`asked`); people end reviews (`people`). What the router,
the operators' books and the webhooks say afterwards are the facts (`facts`); verdicts are functions of facts alone, so
that `selfcheck` can feed them every kind of fault.
"""
