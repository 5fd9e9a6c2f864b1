"""Notices out: text, e-mail, SMS gateway, maintenance calendar, Atom feed, CAP alert, status page."""
