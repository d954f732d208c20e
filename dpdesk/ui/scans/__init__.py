"""Scanned pages: taking piles in, and checking what was read."""
