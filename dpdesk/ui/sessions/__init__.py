"""The pages of campaigns, sessions and sheets."""
