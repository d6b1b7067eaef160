"""`materiel import`, `export`, `fmt`: data in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from materiel.cli.options import reading, write


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    app.command("export")(export)
    app.command("schema")(schema)
    app.command("fmt")(fmt)


def import_(
    records: Annotated[
        Path, typer.Argument(help="Folder with sources, entities, partnerships, relations, facts .jsonl.")
    ],
    into: Annotated[Path, typer.Option("--into", help="Graph folder; made if there is none.")] = Path("graph"),
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove the files of things that the records do not tell of.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let records stand in place of what the graph holds, not add to it.")
    ] = False,
) -> None:
    """Import exchange records into a graph folder; with any problem nothing is written.

    Example: materiel import records/ --into graph/
    """
    from materiel.records.write import import_records

    done = import_records(records, into, prune=prune, replace=replace)
    for line in done.differs:
        typer.echo(line, err=True)
    typer.echo(
        f"{into}: {len(done.written)} files written, {len(done.removed)} removed, {len(done.kept)} of other things kept",
        err=True,
    )


@reading
def export(
    kg: Any,
    thing: Annotated[str | None, typer.Argument(help="Id, name or alias; everything if not given.")] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", help="ttl, trig, nq, nt, jsonld, or records (a folder of JSON Lines)."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="File to write, its ending chooses the format; stdout if not given."),
    ] = None,
    derived: Annotated[bool, typer.Option("--derived", help="Include the triples that the rules derive.")] = False,
) -> None:
    """Export the graph, or the part about one thing; equal graphs give equal bytes.

    Example: materiel export --output materiel.ttl

    Example: materiel export rheinmetall-udi-joint-venture --format ttl
    """
    from materiel.errors import UsageError
    from materiel.exchange.rdf import FORMATS, lines, serialize
    from materiel.store.asserted import foreign

    graph = kg()
    chosen = format_ or (Path(output).suffix.lstrip(".") if output else "ttl")
    if chosen == "records":
        _export_records(graph.store, output)
        return
    about = graph.resolve(thing) if thing else None
    head = (
        "".join(f"# {note}\n" for note in graph.notes)
        if chosen in {"ttl", "trig"} and not graph.scoped.is_whole
        else ""
    )
    if chosen not in FORMATS:
        raise UsageError(f"unknown RDF format {chosen!r}", f"Use one of {', '.join(FORMATS)}.")
    found = lines(graph.store, about, derived=derived)
    if others := foreign(found):
        typer.echo(f"{others:,} statements of other vocabularies among {len(found):,}", err=True)
    write(head.encode() + serialize(found, chosen), output)


def _export_records(store: object, output: str | None) -> None:
    from materiel.errors import UsageError
    from materiel.files import save
    from materiel.records.from_rdf import read
    from materiel.records.jsonl import lines
    from materiel.store.embedded import EmbeddedStore

    if not output:
        raise UsageError("records are a folder of files", "Name it with --output.")
    if not isinstance(store, EmbeddedStore):
        raise UsageError("records are exported from a folder or a file", "Export the endpoint as ttl first.")
    for name, data in lines(read(store.engine)).items():
        save(data, Path(output) / name)


def schema(
    records: Annotated[str, typer.Argument(help="sources, entities, partnerships, relations or facts.")],
) -> None:
    """Print the JSON Schema of one line of a records file.

    Example: materiel schema partnerships
    """
    import json

    from materiel.errors import UsageError
    from materiel.records.model import RECORD_TYPES
    from materiel.records.schema import schema as schema_of

    if records not in RECORD_TYPES:
        raise UsageError(f"there are no records {records!r}", f"Use one of {', '.join(RECORD_TYPES)}.")
    write(json.dumps(schema_of(records), ensure_ascii=False, indent=2) + "\n", None)


def fmt(
    folder: Annotated[Path, typer.Argument(help="Graph folder.")] = Path("graph"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 4 when a file is not in form.")
    ] = False,
) -> None:
    """Rewrite the Turtle files of a graph folder in the one deterministic form.

    Example: materiel fmt graph --check
    """
    from materiel.store.format import reformat

    changed = reformat(folder, check=check)
    for name in changed:
        typer.echo(name)
    typer.echo(f"{folder}: {len(changed)} files {'to be rewritten' if check else 'rewritten'}", err=True)
    if check and changed:
        raise typer.Exit(4)
