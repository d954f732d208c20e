"""Backups: making, checking and listing them."""
