"""Whether other accounts of the machine can reach the desk's folder (S1 §27.7), as on every Unix."""

from dpdesk.device.reach import look

__all__ = ["look"]
