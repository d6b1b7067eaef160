"""Typed exchange records (JSON Lines) and the way to RDF and back."""
