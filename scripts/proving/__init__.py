"""The parts of ./prove: each runs something that is too long for ./test and gives rows of a table (`row`, `parts`),
which `document` writes into docs/safety-case.md."""
