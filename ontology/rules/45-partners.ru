# Who works with whom: both act in one deal that nobody denies. Those who only pay, host, receive or clear are not partners,
# and buyers of the same goods are not each other's partners.
PREFIX mat: <https://w3id.org/materiel/ns#>
INSERT { ?agent mat:partnerOf ?other } WHERE {
  ?role mat:acts true .
  ?participation mat:role ?role ; mat:party ?agent .
  ?partnership mat:participation ?participation , ?counterpart .
  ?counterpart mat:party ?other ; mat:role ?part .
  ?part mat:acts true .
  FILTER(?agent != ?other)
  OPTIONAL { ?role mat:buys ?buys }
  OPTIONAL { ?part mat:buys ?purchases }
  FILTER(!BOUND(?buys) || !BOUND(?purchases))
  OPTIONAL { ?partnership mat:currentStatus ?status . ?status mat:voids ?void }
  FILTER(!BOUND(?void))
}
