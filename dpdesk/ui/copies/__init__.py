"""Copies: what left the desk, looked for, and taken off the list when it is gone."""
