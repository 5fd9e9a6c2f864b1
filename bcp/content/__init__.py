"""Finds the content that planners and consultants edit: scenarios/ and reports/. Reading it is `files`' work."""
