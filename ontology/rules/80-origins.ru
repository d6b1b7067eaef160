# How many voices stand behind each claim: pages that copy one another, or come out of one house, share an origin.
PREFIX mat: <https://w3id.org/materiel/ns#>
INSERT { ?claim mat:originCount ?count } WHERE {
  SELECT ?claim (COUNT(DISTINCT ?origin) AS ?count) WHERE {
    ?claim mat:attestation ?attestation .
    ?attestation mat:source ?source .
    OPTIONAL { ?source mat:origin ?stated }
    BIND(COALESCE(?stated, ?source) AS ?origin)
  } GROUP BY ?claim
}
