"""Formats in and out: party policies and membership lists in; reports, exports and certificates out."""
