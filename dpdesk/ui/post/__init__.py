"""Post: mail to people, and what comes back."""
