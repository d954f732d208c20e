"""Pages of the policy, of retention, of the yearly audit, and of all that is held on a person."""
