"""Networks out of the graph: projections, measures, and what can be said with them."""
