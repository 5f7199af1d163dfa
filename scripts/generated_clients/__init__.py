"""Clients that tools generate from the router's document, tried against a router."""
