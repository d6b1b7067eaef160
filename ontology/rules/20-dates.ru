# First and last day of each date: of events, observations and sources. A day is its own bounds; a month and a year are widened.
# Engines compare partial dates with days in different ways, bounds compare alike everywhere.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { ?x mat:notBefore ?date ; mat:notAfter ?date } WHERE {
  { ?x mat:date ?date } UNION { ?x mat:publishedOn ?date }
  FILTER(DATATYPE(?date) = xsd:date)
} ;
INSERT { ?x mat:notBefore ?first ; mat:notAfter ?last } WHERE {
  { ?x mat:date ?date } UNION { ?x mat:publishedOn ?date }
  FILTER(DATATYPE(?date) = xsd:gYearMonth)
  BIND(xsd:integer(SUBSTR(STR(?date), 1, 4)) AS ?year)
  BIND(SUBSTR(STR(?date), 6, 2) AS ?month)
  BIND((?year / 4 = FLOOR(?year / 4) && ?year / 100 != FLOOR(?year / 100)) || ?year / 400 = FLOOR(?year / 400) AS ?leap)
  BIND(IF(?month IN ("04", "06", "09", "11"), "-30", IF(?month != "02", "-31", IF(?leap, "-29", "-28"))) AS ?end)
  BIND(STRDT(CONCAT(STR(?date), "-01"), xsd:date) AS ?first)
  BIND(STRDT(CONCAT(STR(?date), ?end), xsd:date) AS ?last)
} ;
INSERT { ?x mat:notBefore ?first ; mat:notAfter ?last } WHERE {
  { ?x mat:date ?date } UNION { ?x mat:publishedOn ?date }
  FILTER(DATATYPE(?date) = xsd:gYear)
  BIND(STRDT(CONCAT(STR(?date), "-01-01"), xsd:date) AS ?first)
  BIND(STRDT(CONCAT(STR(?date), "-12-31"), xsd:date) AS ?last)
}
