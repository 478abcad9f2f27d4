"""Tests of the JSON form: what it looks like, that nothing is lost, and what is refused."""
