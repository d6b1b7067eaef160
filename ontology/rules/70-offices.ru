# Who leads and who works where now: tenures that no source says have ended, and that no later holder of the same post follows.
# A holder follows who is first told of after the last day on which the former was: "2023~" sorts after every day of 2023.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tenurekind: <https://w3id.org/materiel/code/tenure-kind/>
INSERT { ?tenure mat:replacedBy ?later } WHERE {
  { SELECT ?tenure (MAX(STR(?day)) AS ?last) WHERE {
      ?tenure a mat:Tenure ; mat:kind tenurekind:head .
      ?claim rdf:object ?tenure ; mat:statedOn ?day .
    } GROUP BY ?tenure }
  ?former mat:tenure ?tenure .
  ?tenure mat:atOrganization ?organization ; mat:roleAsStated ?post .
  ?later mat:atOrganization ?organization ; mat:roleAsStated ?same .
  FILTER(?tenure != ?later && LCASE(STR(?post)) = LCASE(STR(?same)))
  ?person mat:tenure ?later .
  FILTER(?person != ?former)
  { SELECT ?later (MIN(STR(?stated)) AS ?first) WHERE {
      ?later a mat:Tenure ; mat:kind tenurekind:head .
      ?told rdf:object ?later ; mat:statedOn ?stated .
    } GROUP BY ?later }
  FILTER(?first > CONCAT(?last, "~"))
} ;
INSERT { ?person mat:headOf ?organization } WHERE {
  ?person mat:tenure ?tenure .
  ?tenure mat:atOrganization ?organization ; mat:kind tenurekind:head .
  OPTIONAL { ?tenure mat:validUntil ?end }
  OPTIONAL { ?tenure mat:replacedBy ?later }
  FILTER(!BOUND(?end) && !BOUND(?later))
} ;
INSERT { ?person mat:employedBy ?organization } WHERE {
  ?person mat:tenure ?tenure .
  ?tenure mat:atOrganization ?organization ; mat:kind tenurekind:employment .
  OPTIONAL { ?tenure mat:validUntil ?end }
  FILTER(!BOUND(?end))
}
