"""Names of things: namespaces, prefixes and the one place that mints IRIs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode
from functools import cache

from pyoxigraph import Literal, NamedNode

BASE = "https://w3id.org/materiel/"
ONTOLOGY = BASE + "ontology"
MAT = BASE + "ns#"
ID = BASE + "id/"
SOURCE = BASE + "source/"
OUTLET = BASE + "outlet/"
CLAIM = BASE + "claim/"
CODE = BASE + "code/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"

CODE_LISTS = {
    "kind": "partnership-kind",
    "status": "status",
    "modality": "modality",
    "role": "role",
    "category": "product-category",
    "activity": "activity",
    "sourcetype": "source-type",
    "affiliation": "affiliation",
    "stance": "stance",
    "verdict": "verdict",
    "reliability": "reliability",
    "credibility": "credibility",
    "holdingkind": "holding-kind",
    "tenurekind": "tenure-kind",
    "evidencescope": "evidence-scope",
    "conflicttype": "conflict-type",
    "conflictstate": "conflict-state",
    "searchoutcome": "search-outcome",
    "country": "country",
}
"""Prefix of each code list, and the list's name in the IRI."""

PREFIXES = {
    "mat": MAT,
    "id": ID,
    "source": SOURCE,
    "outlet": OUTLET,
    "claim": CLAIM,
    **{prefix: f"{CODE}{name}/" for prefix, name in CODE_LISTS.items()},
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": SKOS,
    "dct": DCT,
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "wd": "http://www.wikidata.org/entity/",
}
"""Prefixes known in every query and used in every file that we write."""

# fmt: off
_CYRILLIC = dict(zip(
    "абвгґдеєёжзиіїйклмнопрстуфхцчшщыэюя",
    "a b v h g d e ie e zh z y i i i k l m n o p r s t u f kh ts ch sh shch y e iu ia".split(),  # noqa: SIM905
    strict=True,
))
_GREEK = dict(zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),  # noqa: SIM905
    strict=True,
))
_LATIN = dict(zip("łøđßæœþıð", "l o d ss ae oe th i d".split(), strict=True))  # noqa: SIM905
# fmt: on
_TRANSLITERATION = str.maketrans({**_CYRILLIC, **_GREEK, **_LATIN, "ъ": "", "ь": ""})
"""Cyrillic by the Ukrainian table of 2010 (resolution 55), Greek by ISO 843, and letters that do not decompose."""


@cache
def mat(term: str) -> NamedNode:
    """Return the ontology term `mat:{term}`."""
    return NamedNode(MAT + term)


def thing(slug: str) -> NamedNode:
    """Return the IRI of a thing or value node."""
    return NamedNode(ID + slug)


def code(code_list: str, notation: str) -> NamedNode:
    """Return the IRI of one code, for example `code("role", "lead")`."""
    return NamedNode(f"{CODE}{code_list}/{notation}")


def slug_of(iri: NamedNode | str) -> str:
    """Return the last segment of an IRI of ours, which is the record's id and the file's name."""
    text = iri if isinstance(iri, str) else iri.value
    return text.rsplit("#" if "#" in text else "/", 1)[-1]


def digest(*parts: str, length: int = 12) -> str:
    """Return a short hash of the parts in lower-case base 32 (5 bits a character)."""
    raw = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=20).digest()
    return b32encode(raw).decode().lower()[:length]


def fold(text: str) -> str:
    """Return `text` without case, accents or script (Cyrillic and Greek become Latin), for look-ups."""
    lowered = unicodedata.normalize("NFC", text.casefold()).translate(_TRANSLITERATION)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", bare.casefold().translate(_TRANSLITERATION)).split())


def slugify(text: str) -> str:
    """Return an IRI-safe slug of a name: lower-case ASCII words joined by hyphens."""
    ascii_only = fold(text).encode("ascii", "ignore").decode().replace("_", " ")
    return "-".join(ascii_only.split()) or digest(text)


def compact(iri: str) -> str:
    """Return `prefix:name` for an IRI in a known namespace, else the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :] and "#" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str | None:
    """Return the IRI that `prefix:name` or `<iri>` or an absolute http IRI stands for, or None."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    if name.startswith(("http://", "https://")):
        return name
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None


def english(text: str) -> Literal:
    """Return `text` as an English literal."""
    return Literal(text, language="en")


TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
ALT_LABEL = NamedNode(SKOS + "altLabel")
EXACT_MATCH = NamedNode(SKOS + "exactMatch")
DESCRIPTION = NamedNode(DCT + "description")
TITLE = NamedNode(DCT + "title")
SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
