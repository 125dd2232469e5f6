"""Feeds: every episode whole, its content note first, under a name that never changes."""
