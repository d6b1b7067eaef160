# From what is said straight to the pages that say it, so that nobody has to walk claim and attestation.
# Value nodes are found by class; of a deal's many claims each page is taken once.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
INSERT { ?value mat:reportedIn ?source } WHERE {
  VALUES ?class { mat:Participation mat:StatusEvent mat:Amount mat:Holding mat:Tenure mat:Observation }
  ?value a ?class .
  ?claim rdf:object ?value ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
} ;
INSERT { ?partnership mat:reportedIn ?source } WHERE {
  SELECT DISTINCT ?partnership ?source WHERE {
    ?partnership a mat:Partnership .
    ?claim rdf:subject ?partnership ; mat:attestation ?attestation .
    ?attestation mat:source ?source .
  }
}
