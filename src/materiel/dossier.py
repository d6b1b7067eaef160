"""The dossier of a thing: what it is, its names, its deals and events with sources, what is contradicted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from materiel import questions
from materiel.evidence import Footnotes, cite
from materiel.store import folder
from materiel.store.table import Table, with_labels
from materiel.vocabulary import compact, slug_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from materiel.questions import Question
    from materiel.store.base import Store

_HEAD = """
SELECT ?predicate ?value WHERE {{
  VALUES ?predicate {{ rdf:type rdfs:label skos:altLabel dct:description mat:country mat:productCategory mat:kind
    mat:currentStatus mat:undisclosed mat:generic skos:exactMatch mat:describedIn mat:url dct:title mat:publishedOn mat:publisher }}
  <{iri}> ?predicate ?value .
}} ORDER BY ?predicate ?value"""
_CLASS = "SELECT ?label WHERE {{ <{iri}> a ?class . ?class rdfs:label ?label . OPTIONAL {{ ?sub rdfs:subClassOf ?class . <{iri}> a ?sub }} FILTER(!BOUND(?sub)) }}"


@cache
def sections() -> list[Question]:
    """Return the sections of a dossier, in their order."""
    return [questions.read(path) for path in folder.files(folder.bundled("ontology") / "dossier", ".rq")]


@dataclass(frozen=True)
class Dossier:
    """All that the graph tells of one thing.

    Attributes:
        iri: The thing.
        label: Its English name.
        type: What it is, in words.
        properties: Its own properties by prefixed name: names, description, country and the like.
        sections: Tables by title, those with rows only; each row has its `sources`.
    """

    iri: str
    label: str
    type: str
    properties: dict[str, list[str]]
    sections: dict[str, Table]
    store: Store

    @property
    def id(self) -> str:
        """The thing's slug."""
        return slug_of(self.iri)

    def __getitem__(self, title: str) -> Table:
        """Return one section."""
        return self.sections[title]

    def to_dict(self) -> dict[str, object]:
        """Return the dossier as plain data, with the citation of each source."""
        sources = [
            iri for table in self.sections.values() for row in table for iri in str(row.get("sources") or "").split()
        ]
        return {
            "iri": self.iri,
            "id": self.id,
            "label": self.label,
            "type": self.type,
            "properties": self.properties,
            "sections": {title: list(table) for title, table in self.sections.items()},
            "sources": {iri: asdict(citation) for iri, citation in cite(self.store, sources).items()},
        }

    def to_text(self, form: str = "md") -> str:
        """Return the dossier for a reader: `md` (Markdown) or `table` (terminal), with numbered sources at the end."""
        show = with_labels(self.store.labels.label)
        notes = Footnotes(self.store)
        parts = [self._head()]
        for title, table in self.sections.items():
            parts.append(f"## {title}\n\n{notes.mark(table).to_text(form, show)}")
        cited = [f"[{number}] {citation}" for number, citation in notes.citations()]
        return "\n".join([*parts, *(["## Sources\n", *cited] if cited else [])]) + "\n"

    def _head(self) -> str:
        show = with_labels(self.store.labels.label)
        lines = [f"# {self.label}\n", f"{self.type} · `{self.id}`\n"]
        lines += self.properties.get("dct:description", [])
        names = self.properties.get("skos:altLabel", [])
        lines += [f"\nAlso called: {', '.join(names)}"] if names else []
        for name in (
            "mat:kind",
            "mat:currentStatus",
            "mat:country",
            "mat:productCategory",
            "mat:publisher",
            "mat:publishedOn",
            "mat:url",
        ):
            values = self.properties.get(name)
            lines += [f"\n{name.partition(':')[2]}: {', '.join(show(value) for value in values)}"] if values else []
        return "\n".join(lines) + "\n"

    def _repr_markdown_(self) -> str:
        return self.to_text("md")


def dossier(store: Store, iri: str) -> Dossier:
    """Collect the dossier of a thing.

    Args:
        store: Where to look.
        iri: The thing; `store.labels.resolve` finds it by name.
    """
    properties: dict[str, list[str]] = {}
    for row in Table.of(cast("ox.QuerySolutions", store.query(_HEAD.format(iri=iri)))):
        properties.setdefault(compact(str(row["predicate"])), []).append(str(row["value"]))
    kinds = Table.of(cast("ox.QuerySolutions", store.query(_CLASS.format(iri=iri)))).column("label")
    found = {section.title: questions.answer(store, section, {"thing": slug_of(iri)}) for section in sections()}
    label = next(iter(properties.get("rdfs:label", [])), slug_of(iri))
    return Dossier(
        iri, label, ", ".join(map(str, kinds)) or "thing", properties, {t: s for t, s in found.items() if s.rows}, store
    )
