"""SPARQL as text: its tokens, what is wrong in it, and what is refused before an engine sees it."""
