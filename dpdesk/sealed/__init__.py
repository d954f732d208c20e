"""Packages in the age format: sealed to keys, never to a password; opened only when all of it has verified."""
