"""Overviews and documents as pages."""
