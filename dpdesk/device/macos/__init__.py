"""Checks of macOS: from Apple's own tools, read as property lists, JSON and values."""
