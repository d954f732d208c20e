"""Numbered revisions of the schema, run by Alembic inside the encrypted database."""
