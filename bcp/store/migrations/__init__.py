"""Alembic's folder: how a store of any older version becomes one of this version."""
