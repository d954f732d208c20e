"""The revisions themselves, oldest first."""
