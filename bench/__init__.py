"""Measurements: each prints ratios taken side by side in one run, because these machines are noisy."""
