"""The pages of entering sheets and of results."""
