"""Checks of Linux: from /proc and /sys, settings of desktops, and a few programs that need no rights."""
