"""The encrypted desk on disk: the only package that knows the database (SQLCipher) and its keys."""
