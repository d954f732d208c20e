"""Members and contacts: the list, a person's page, the form, and the import of a list."""
