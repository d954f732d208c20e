"""Scanners: eSCL (AirScan) over the local network, and SANE through its own program. Pages come as bytes and are not opened here."""
