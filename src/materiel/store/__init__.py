"""Where triples live: the graph folder, the embedded engine, and any SPARQL 1.1 endpoint."""
