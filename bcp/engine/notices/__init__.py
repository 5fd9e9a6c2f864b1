"""Notices in and out: what announced work does to a plan, and what is due to whom, when, over what."""
