"""Activity and the audit log: what was done by whom, the check of the log, and its export."""
