"""Campaign sheets on paper: geometry becomes PDF, pictures become pages, identities and marks. No Qt, no database, no network."""
