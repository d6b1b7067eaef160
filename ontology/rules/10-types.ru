# Everything is also an instance of its super-classes, so that "?x a mat:Organization" finds ministries and firms.
# The class tree is walked once, before the instances are looked at.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { ?x a ?super } WHERE {
  { SELECT DISTINCT ?class ?super WHERE {
      ?class rdfs:subClassOf+ ?super .
      FILTER(STRSTARTS(STR(?super), STR(mat:)))
  } }
  ?x a ?class .
}
