"""Benchmarks. Each runs its own floor or ceiling beside it; only the ratio of one run counts."""
