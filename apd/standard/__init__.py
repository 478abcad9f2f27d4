"""What the standard requires, as data: codes, templates, releases, and the table of elements."""
