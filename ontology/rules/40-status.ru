# When each step is overtaken, and where each deal stands now.
# Steps follow mat:sequence. A report by a third party counts only while no party has said anything; planned steps overtake nothing.
# mat:until is the first day on which a later step is certain: status on day D = the step with notAfter <= D and not (until <= D).
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX status: <https://w3id.org/materiel/code/status/>
PREFIX modality: <https://w3id.org/materiel/code/modality/>
INSERT { ?event mat:until ?until } WHERE {
  SELECT ?event (MIN(?day) AS ?until) WHERE {
    ?partnership mat:statusEvent ?event , ?next .
    ?event mat:status ?status ; mat:sequence ?number .
    ?next mat:status ?later ; mat:sequence ?position ; mat:notAfter ?day .
    OPTIONAL { ?next mat:modality ?modality }
    FILTER(!BOUND(?modality) || ?modality = modality:realised)
    FILTER(IF(?later = status:reported,
              ?status = status:reported && ?position > ?number,
              ?status = status:reported || ?position > ?number))
  } GROUP BY ?event
} ;
INSERT { ?partnership mat:currentStatus ?status } WHERE {
  { SELECT ?partnership (MAX(?rank) AS ?last) WHERE {
      ?partnership mat:statusEvent ?event .
      ?event mat:status ?code ; mat:sequence ?number .
      OPTIONAL { ?event mat:modality ?modality }
      FILTER(!BOUND(?modality) || ?modality = modality:realised)
      BIND(IF(?code = status:reported, ?number, ?number + 1000000) AS ?rank)
    } GROUP BY ?partnership }
  ?partnership mat:statusEvent ?step .
  ?step mat:status ?status ; mat:sequence ?position .
  OPTIONAL { ?step mat:modality ?manner }
  FILTER(!BOUND(?manner) || ?manner = modality:realised)
  FILTER(IF(?status = status:reported, ?position, ?position + 1000000) = ?last)
}
