# Claims about the same step that cannot both hold, or of which one only says it more exactly.
# Two steps compare when they belong to one deal and have the same status. A company is registered once and a deal ends once:
# two such dates without a common day contradict. "2023-10-18" refines "2023-10"; that is no conflict.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX status: <https://w3id.org/materiel/code/status/>
PREFIX conflicttype: <https://w3id.org/materiel/code/conflict-type/>
PREFIX conflictstate: <https://w3id.org/materiel/code/conflict-state/>
PREFIX verdict: <https://w3id.org/materiel/code/verdict/>
INSERT { ?exact mat:refines ?coarse } WHERE {
  ?deal mat:statusEvent ?one , ?other .
  ?one mat:status ?status ; mat:notBefore ?first ; mat:notAfter ?last .
  ?other mat:status ?status ; mat:notBefore ?start ; mat:notAfter ?end .
  FILTER(?start <= ?first && ?last <= ?end && (?start < ?first || ?last < ?end))
  ?exact rdf:object ?one .
  ?coarse rdf:object ?other .
} ;
INSERT { ?claim mat:contradicts ?rival . ?rival mat:contradicts ?claim } WHERE {
  VALUES ?status { status:registered status:terminated }
  ?deal mat:statusEvent ?one , ?other .
  ?one mat:status ?status ; mat:notAfter ?last .
  ?other mat:status ?status ; mat:notBefore ?start .
  FILTER(?last < ?start)
  ?claim rdf:object ?one .
  ?rival rdf:object ?other .
} ;
# Two shares of one holder in one company, neither with a term.
INSERT { ?claim mat:contradicts ?rival . ?rival mat:contradicts ?claim } WHERE {
  ?holder mat:holding ?one , ?other .
  ?one mat:heldOrganization ?company ; mat:sharePercent ?share .
  ?other mat:heldOrganization ?company ; mat:sharePercent ?rest .
  FILTER(?one != ?other && ?share < ?rest)
  OPTIONAL { ?one mat:validFrom|mat:validUntil ?term }
  OPTIONAL { ?other mat:validFrom|mat:validUntil ?time }
  FILTER(!BOUND(?term) && !BOUND(?time))
  ?claim rdf:object ?one .
  ?rival rdf:object ?other .
} ;
# A share told in a deal against a share held in the company that the deal created.
INSERT { ?claim mat:contradicts ?rival . ?rival mat:contradicts ?claim } WHERE {
  ?deal mat:vehicle ?company ; mat:participation ?part .
  ?part mat:party ?holder ; mat:sharePercent ?share .
  ?holder mat:holding ?holding .
  ?holding mat:heldOrganization ?company ; mat:sharePercent ?rest .
  FILTER(?share != ?rest)
  ?claim rdf:object ?part .
  ?rival rdf:object ?holding .
} ;
# Each pair is one conflict, unless a reader has already written it down.
INSERT { ?conflict a mat:Conflict ; mat:about ?subject ; mat:conflictType ?type ; mat:between ?claim , ?rival ; dct:description ?text } WHERE {
  ?claim mat:contradicts ?rival ; rdf:subject ?subject ; rdf:predicate ?predicate .
  FILTER(STR(?claim) < STR(?rival))
  OPTIONAL { ?written mat:between ?claim , ?rival }
  FILTER(!BOUND(?written))
  BIND(IRI(CONCAT("https://w3id.org/materiel/derived/conflict-", STRAFTER(STR(?claim), "/claim/"), "-", STRAFTER(STR(?rival), "/claim/"))) AS ?conflict)
  BIND(IF(?predicate = mat:statusEvent, conflicttype:date, conflicttype:share) AS ?type)
  BIND(STRLANG(IF(?predicate = mat:statusEvent, "Two dates for a step that happens once", "Two shares of one holder"), "en") AS ?text)
} ;
INSERT { ?conflict mat:side ?side . ?side a mat:Side ; mat:claim ?claim ; dct:description ?says } WHERE {
  ?claim mat:contradicts ?rival ; rdf:object ?value .
  ?conflict mat:between ?claim .
  FILTER(STRSTARTS(STR(?conflict), "https://w3id.org/materiel/derived/"))
  OPTIONAL { ?value mat:date ?date }
  OPTIONAL { ?value mat:sharePercent ?share }
  BIND(IRI(CONCAT(STR(?conflict), "-side-", STRAFTER(STR(?claim), "/claim/"))) AS ?side)
  BIND(STRLANG(IF(BOUND(?date), STR(?date), CONCAT(STR(?share), " percent")), "en") AS ?says)
} ;
# The newest verdict on each claim or conflict, and how far each conflict has been dealt with.
INSERT { ?claim mat:currentVerdict ?verdict } WHERE {
  { SELECT ?claim (MAX(?day) AS ?newest) WHERE { ?any mat:assesses ?claim ; mat:assessedOn ?day } GROUP BY ?claim }
  ?assessment mat:assesses ?claim ; mat:assessedOn ?newest ; mat:verdict ?verdict .
} ;
INSERT { ?conflict mat:state ?state } WHERE {
  ?conflict a mat:Conflict .
  OPTIONAL { ?conflict mat:between ?taken . ?taken mat:currentVerdict verdict:accepted }
  OPTIONAL { ?conflict mat:between ?dropped . ?dropped mat:currentVerdict verdict:rejected }
  OPTIONAL { ?conflict mat:between ?claim . ?claim mat:currentVerdict ?any }
  OPTIONAL { ?conflict mat:currentVerdict ?judged }
  BIND(IF(BOUND(?judged) || (BOUND(?taken) && BOUND(?dropped)), conflictstate:resolved, IF(BOUND(?claim), conflictstate:weighed, conflictstate:open)) AS ?state)
}
