"""Networks out of the graph: projections, measures, and what can be said with them.

Every analysis is a function of a store and returns a `result.Result`: a table with its scope, its definition, the
paper that its formula comes from, and what it cannot tell.
"""
