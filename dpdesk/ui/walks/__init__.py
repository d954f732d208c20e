"""The pages of walks."""
