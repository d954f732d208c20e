"""Campaign pages: the electoral register, its files and what they may be used for."""
