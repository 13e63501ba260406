"""Benchmarks on the real product: `make bench`."""
