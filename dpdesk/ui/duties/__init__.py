"""The registers of the duties: lists, entries, forms, the calendar and the packs."""
