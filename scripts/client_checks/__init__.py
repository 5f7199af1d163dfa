"""Real clients of operators and of the router, driven against the built binary."""
