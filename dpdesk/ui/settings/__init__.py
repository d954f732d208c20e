"""Settings: look, locking, policy, passphrase and recovery, officers, the desk itself, and about."""
