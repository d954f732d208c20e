"""The mail servers of others: what is fetched from them, and what is given to them to deliver."""
