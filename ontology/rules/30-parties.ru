# Short cuts from agents to deals. What a deal creates (role venture) is its vehicle, not a party to it.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX role: <https://w3id.org/materiel/code/role/>
INSERT { ?partnership mat:vehicle ?venture } WHERE {
  ?partnership mat:participation ?participation .
  ?participation mat:role role:venture ; mat:party ?venture .
} ;
INSERT { ?agent mat:partyTo ?partnership } WHERE {
  ?partnership mat:participation ?participation .
  ?participation mat:party ?agent ; mat:role ?role .
  FILTER(?role != role:venture)
}
