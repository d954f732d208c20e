"""Checks of Windows: from the registry, and one PowerShell that answers each question on a line of its own."""
