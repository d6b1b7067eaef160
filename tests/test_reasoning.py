"""The logic of the ontology, by a complete OWL 2 DL reasoner: no contradiction, no empty class, and slips are caught."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java"),
]

ONTOLOGY = Path(__file__).parent.parent / "ontology"
PARTS = ("materiel.ttl", "logic.ttl", "alignments/org.ttl", "alignments/prov.ttl")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
LOGIC = ("type", "first", "rest", "subClassOf", "subPropertyOf", "domain", "range")
NOT_OWL = {XSD + name for name in ("date", "gYear", "gYearMonth", "anyURI")}
"""Datatypes that OWL 2 DL reasoners reject or that the bridge to the reasoner does not know."""

PREFIXES = """
@prefix mat: <https://w3id.org/materiel/ns#> .
@prefix id: <https://w3id.org/materiel/id/> .
@prefix claim: <https://w3id.org/materiel/claim/> .
@prefix source: <https://w3id.org/materiel/source/> .
@prefix outlet: <https://w3id.org/materiel/outlet/> .
"""

SOUND = """
id:jv a mat:Partnership ; mat:participation id:jv--p1, id:jv--p2 ; mat:statusEvent id:jv--e1 .
id:jv--p1 mat:party id:maker . id:jv--p2 mat:party id:holding .
id:maker a mat:Company ; mat:holding id:maker--h1 ; mat:locatedIn id:town .
id:maker--h1 mat:heldOrganization id:venture .
id:holding a mat:StateEnterprise ; mat:parent id:state .
id:venture a mat:JointVentureCompany .
id:state a mat:Government .
id:head a mat:Person ; mat:tenure id:head--t1 . id:head--t1 mat:atOrganization id:maker .
id:town a mat:Place ; mat:locatedIn id:land . id:land a mat:Country .
claim:c1 a mat:Claim ; mat:attestation claim:a1 . claim:a1 mat:source source:s1 ; mat:attributedTo id:head .
source:s1 mat:publisher outlet:o1 ; mat:speaksFor id:maker .
"""

CLASHES = {
    "ministry and company": "id:x a mat:Ministry, mat:Company .",
    "ministry and state enterprise": "id:x a mat:Ministry, mat:StateEnterprise .",
    "person and organisation": "id:x a mat:Person, mat:Association .",
    "person and programme": "id:x a mat:Person, mat:Programme .",
    "claim and source": "id:x a mat:Claim, mat:Source .",
    "country and government": "id:x a mat:Country, mat:Government .",
    "deal and company": "id:x a mat:Partnership, mat:JointVentureCompany .",
    "government and ministry": "id:x a mat:Government, mat:Ministry .",
    "alliance and public body": "id:x a mat:IntergovernmentalOrganization, mat:GovernmentAgency .",
    "product as a party": "id:p1 mat:party id:x . id:x a mat:Product .",
    "facility as a party": "id:p1 mat:party id:x . id:x a mat:Facility .",
    "person held as an organisation": "id:h1 mat:heldOrganization id:x . id:x a mat:Person .",
    "outlet as a source": "claim:a1 mat:source outlet:o1 . source:s1 mat:publisher outlet:o1 .",
    "attestation as a claim": "claim:c1 mat:attestation claim:x . claim:x a mat:Claim .",
    "partner of itself": "id:x mat:partnerOf id:x .",
    "each the successor of the other": "id:x mat:successorOf id:y . id:y mat:successorOf id:x .",
    "company in a country that is a company": "id:x a mat:Facility, mat:Country .",
}


def logical(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples that a reasoner reads, without annotations and without what OWL 2 DL does not know."""
    kept = {RDF + name for name in LOGIC} | {RDFS + name for name in LOGIC}
    return [
        triple
        for triple in triples
        if (triple.predicate.value in kept or triple.predicate.value.startswith(OWL))
        and not triple.predicate.value.startswith((OWL + "annotated", OWL + "version"))
        and not (isinstance(triple.object, NamedNode) and triple.object.value in NOT_OWL)
        and not str(triple.object).startswith("<https://w3id.org/sssom/")
    ]


@pytest.fixture(scope="module")
def axioms() -> list[Triple]:
    return [
        triple
        for part in PARTS
        for triple in logical(quad.triple for quad in parse(path=ONTOLOGY / part, format=RdfFormat.TURTLE))
    ]


def reason(axioms: list[Triple], facts: str) -> list[str]:
    """Run HermiT and return the names of the classes that can have no member; raise when there is a contradiction."""
    import owlready2

    data = serialize(
        [*axioms, *(quad.triple for quad in parse(PREFIXES + facts, format=RdfFormat.TURTLE))],
        format=RdfFormat.N_TRIPLES,
    )
    assert data is not None
    world = owlready2.World()
    ontology = world.get_ontology("https://w3id.org/materiel/ontology#")
    ontology.load(fileobj=io.BytesIO(data), format="ntriples")
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)
    return sorted({str(entity.name) for entity in world.inconsistent_classes()} - {"Nothing"})


def test_consistent_and_no_empty_class(axioms: list[Triple]) -> None:
    assert len(axioms) > 300
    assert reason(axioms, SOUND) == []


@pytest.mark.parametrize("name", CLASHES)
def test_clash_is_caught(name: str, axioms: list[Triple]) -> None:
    from owlready2 import OwlReadyInconsistentOntologyError

    with pytest.raises(OwlReadyInconsistentOntologyError):
        reason(axioms, SOUND + CLASHES[name])


def test_an_empty_class_is_named(axioms: list[Triple]) -> None:
    seeded = "mat:Hybrid a <http://www.w3.org/2002/07/owl#Class> ; <http://www.w3.org/2000/01/rdf-schema#subClassOf> mat:Ministry, mat:Company ."
    assert reason(axioms, SOUND + seeded) == ["Hybrid"]
