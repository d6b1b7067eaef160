# Who leads and who works where now: tenures that no source says have ended.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX tenurekind: <https://w3id.org/materiel/code/tenure-kind/>
INSERT { ?person mat:headOf ?organization } WHERE {
  ?person mat:tenure ?tenure .
  ?tenure mat:atOrganization ?organization ; mat:kind tenurekind:head .
  OPTIONAL { ?tenure mat:validUntil ?end }
  FILTER(!BOUND(?end))
} ;
INSERT { ?person mat:employedBy ?organization } WHERE {
  ?person mat:tenure ?tenure .
  ?tenure mat:atOrganization ?organization ; mat:kind tenurekind:employment .
  OPTIONAL { ?tenure mat:validUntil ?end }
  FILTER(!BOUND(?end))
}
