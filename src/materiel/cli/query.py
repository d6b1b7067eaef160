"""`materiel query`: SPARQL, with the prefixes known."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from materiel.cli.options import Format, Output, Why, form, query_text, reading, write


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("query")(query)


@reading
def query(
    text: Annotated[str, typer.Argument(help="A query, the name of a .rq file, or - for stdin.")],
    kg: Any,
    format_: Format = None,
    output: Output = None,
    why: Why = False,
) -> None:
    """Answer a SPARQL query (SELECT, ASK, CONSTRUCT or DESCRIBE).

    CONSTRUCT and DESCRIBE answer as ttl, nt, nq, trig or jsonld.

    Example: materiel query 'SELECT ?x WHERE { ?x a mat:JointVentureCompany } LIMIT 5'

    Example: materiel query 'DESCRIBE id:rheinmetall' --format ttl
    """
    import pyoxigraph as ox

    from materiel.exchange.rdf import FORMATS as RDF_FORMATS
    from materiel.exchange.rdf import serialize
    from materiel.store.table import FORMATS, Table

    graph = kg()
    if why:
        from materiel.cli.why import cited

        write(cited(graph, query_text(text), form(format_, FORMATS)), output)
        return
    answer = graph.store.query(query_text(text))
    if isinstance(answer, ox.QuerySolutions):
        chosen = form(format_, FORMATS)
        write(replace(Table.of(answer), notes=graph.notes).to_text(chosen), output)
    elif isinstance(answer, ox.QueryBoolean):
        value = str(bool(answer)).lower()
        chosen = form(format_, FORMATS)
        write((f'{{"boolean": {value}}}' if chosen in {"json", "ndjson"} else value) + "\n", output)
    else:
        chosen = form(format_, RDF_FORMATS, terminal="ttl", pipe="ttl")
        found = ox.serialize(answer, format=ox.RdfFormat.N_TRIPLES) or b""
        write(serialize(sorted(set(found.splitlines())), chosen), output)
