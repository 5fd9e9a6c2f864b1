"""Texts of notices out: sentences by language, put together by audience, occasion and length."""
