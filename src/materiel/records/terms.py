"""Record keys and the ontology terms that they become."""

from __future__ import annotations

CLASS_OF_TYPE = {
    "agency": "GovernmentAgency",
    "armed-force": "ArmedForce",
    "association": "Association",
    "company": "Company",
    "event": "Meeting",
    "facility": "Facility",
    "fund": "Fund",
    "government": "Government",
    "intergovernmental": "IntergovernmentalOrganization",
    "joint-venture": "JointVentureCompany",
    "ministry": "Ministry",
    "parliament": "Parliament",
    "person": "Person",
    "place": "Place",
    "product": "Product",
    "programme": "Programme",
    "research-org": "ResearchOrganization",
    "state-enterprise": "StateEnterprise",
}
TYPE_OF_CLASS = {name: key for key, name in CLASS_OF_TYPE.items()}

FOLDER_OF_TYPE = {
    "person": "people",
    "product": "products",
    "place": "places",
    "facility": "places",
    "event": "events",
    "programme": "programmes",
}
"""Folder under `graph/` of each entity type; every other type is an organisation."""

EDGES = {
    "attended": "attended",
    "funds": "funds",
    "located-in": "locatedIn",
    "member-of": "memberOf",
    "operates": "operates",
    "organised": "organised",
    "part-of": "partOf",
    "procures-from": "procuresFrom",
    "produces": "produces",
    "regulates": "regulates",
    "sanctioned-by": "sanctionedBy",
    "successor-of": "successorOf",
    "supplies": "suppliesTo",
}
"""Relations that stay one edge with a claim."""

TENURES = {"heads": "head", "employed-by": "employment"}
"""Relations that become a Tenure of the person, and its kind."""

HOLDINGS = {"owns": "ownership", "subsidiary-of": "subsidiary"}
"""Relations that become a Holding of the owner, and its kind."""


def folder_of(entity_type: str) -> str:
    """Return the folder of an entity type under `graph/`."""
    return FOLDER_OF_TYPE.get(entity_type, "organisations")
