"""What an overview shows, to whom, and what it never shows."""
