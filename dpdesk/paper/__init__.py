"""Campaign sheets on paper: drawing them as PDF, and reading what was marked on them from pictures. No Qt, no database."""
