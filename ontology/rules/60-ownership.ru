# Who owns and who controls whom now: holdings that no source says have ended. Control is more than half, a subsidiary,
# or being the parent body of an organisation.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX holdingkind: <https://w3id.org/materiel/code/holding-kind/>
INSERT { ?holder mat:owns ?organization } WHERE {
  ?holder mat:holding ?holding .
  ?holding mat:heldOrganization ?organization .
  OPTIONAL { ?holding mat:validUntil ?end }
  FILTER(!BOUND(?end))
} ;
INSERT { ?holder mat:controls ?organization } WHERE {
  ?holder mat:holding ?holding .
  ?holding mat:heldOrganization ?organization ; mat:kind ?kind .
  OPTIONAL { ?holding mat:sharePercent ?share }
  OPTIONAL { ?holding mat:validUntil ?end }
  FILTER(!BOUND(?end) && (?kind = holdingkind:subsidiary || COALESCE(?share, 0) > 50))
} ;
INSERT { ?holder mat:controls ?organization } WHERE {
  ?organization mat:parent ?holder ; a mat:Organization .
} ;
INSERT { ?organization mat:subsidiaryOf ?holder } WHERE {
  ?holder mat:holding ?holding .
  ?holding mat:heldOrganization ?organization ; mat:kind holdingkind:subsidiary .
  OPTIONAL { ?holding mat:validUntil ?end }
  FILTER(!BOUND(?end))
}
