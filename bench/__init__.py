"""Benchmarks: `python -m bench` prints every figure that the project publishes about speed."""
