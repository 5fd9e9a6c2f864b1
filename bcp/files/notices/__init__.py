"""Suppliers' notices: maintenance calendars, carriers' e-mails, status pages, feeds, alerts."""
