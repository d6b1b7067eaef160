# Everything is also an instance of its super-classes, so that "?x a mat:Organization" finds ministries and firms.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { ?x a ?super } WHERE {
  ?class rdfs:subClassOf+ ?super .
  FILTER(STRSTARTS(STR(?super), STR(mat:)))
  ?x a ?class .
}
