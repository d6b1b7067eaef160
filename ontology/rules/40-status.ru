# How far each deal has come, what was last said of it, and when each step was overtaken.
# Which statuses advance a deal, halt it, lift a halt or are hearsay is told by the code list; planned steps count for nothing.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX modality: <https://w3id.org/materiel/code/modality/>
INSERT { ?partnership mat:lastStep ?step } WHERE {
  { SELECT ?partnership (MAX(?number) AS ?last) WHERE {
      ?partnership mat:statusEvent ?event .
      ?event mat:sequence ?number .
      OPTIONAL { ?event mat:modality ?modality }
      FILTER(!BOUND(?modality) || ?modality = modality:realised)
    } GROUP BY ?partnership }
  ?partnership mat:statusEvent ?step .
  ?step mat:sequence ?last .
} ;
# The last step that set the deal back, or halted it and was not resumed since. A step that resumes lifts halts, not setbacks.
INSERT { ?partnership mat:turningPoint ?step } WHERE {
  { SELECT ?partnership (MAX(?number) AS ?turn) WHERE {
      ?partnership mat:statusEvent ?event .
      ?event mat:status ?code ; mat:sequence ?number .
      OPTIONAL { ?event mat:modality ?modality }
      FILTER(!BOUND(?modality) || ?modality = modality:realised)
      OPTIONAL { ?code mat:halts ?halts }
      OPTIONAL { ?event mat:reverse ?reverse }
      OPTIONAL {
        SELECT ?partnership (MAX(?position) AS ?resumed) WHERE {
          ?lift mat:resumes true .
          ?again mat:status ?lift ; mat:sequence ?position .
          OPTIONAL { ?again mat:modality ?manner }
          FILTER(!BOUND(?manner) || ?manner = modality:realised)
          ?partnership mat:statusEvent ?again .
        } GROUP BY ?partnership
      }
      FILTER(BOUND(?reverse) || (BOUND(?halts) && ?number > COALESCE(?resumed, 0)))
    } GROUP BY ?partnership }
  ?partnership mat:statusEvent ?step .
  ?step mat:sequence ?turn .
} ;
# The furthest step since then; of equal ones the latest. A halt holds until a party takes a step again: hearsay does not lift it.
INSERT { ?partnership mat:currentStep ?step ; mat:currentStatus ?status } WHERE {
  { SELECT ?partnership (MAX(?rank) AS ?furthest) WHERE {
      ?partnership mat:statusEvent ?event .
      ?event mat:status ?code ; mat:sequence ?number .
      OPTIONAL { ?event mat:modality ?modality }
      FILTER(!BOUND(?modality) || ?modality = modality:realised)
      OPTIONAL { ?partnership mat:turningPoint ?point . ?point mat:sequence ?turn }
      OPTIONAL { ?code mat:advances ?advances ; mat:order ?order }
      OPTIONAL { ?code mat:hearsay ?hearsay }
      FILTER(?number >= COALESCE(?turn, 0) && !(BOUND(?hearsay) && ?number > COALESCE(?turn, 1000000)))
      BIND(IF(BOUND(?advances), ?order * 1000000, IF(?number = COALESCE(?turn, 0), 0, -1000000)) + ?number AS ?rank)
    } GROUP BY ?partnership }
  ?partnership mat:statusEvent ?step .
  ?step mat:status ?status ; mat:sequence ?position .
  OPTIONAL { ?step mat:modality ?manner }
  FILTER(!BOUND(?manner) || ?manner = modality:realised)
  OPTIONAL { ?partnership mat:turningPoint ?turned . ?turned mat:sequence ?since }
  OPTIONAL { ?status mat:advances ?forward ; mat:order ?place }
  FILTER(?position >= COALESCE(?since, 0))
  FILTER(IF(BOUND(?forward), ?place * 1000000, IF(?position = COALESCE(?since, 0), 0, -1000000)) + ?position = ?furthest)
} ;
# First day on which a step is certainly no longer where the deal stands: status on day D = the step with notAfter <= D and not (until <= D).
# A step is overtaken by a later halt or setback and by any step that is further, or as far and later, unless a halt lies between them.
INSERT { ?event mat:until ?until } WHERE {
  SELECT ?event (MIN(?day) AS ?until) WHERE {
    ?partnership mat:statusEvent ?event , ?next .
    ?event mat:status ?status ; mat:sequence ?number .
    ?next mat:status ?later ; mat:sequence ?position ; mat:notAfter ?day .
    FILTER(?event != ?next)
    OPTIONAL { ?next mat:modality ?modality }
    FILTER(!BOUND(?modality) || ?modality = modality:realised)
    OPTIONAL { ?next mat:reverse ?back }
    OPTIONAL { ?status mat:halts ?ended }
    OPTIONAL { ?status mat:advances ?stood ; mat:order ?height }
    OPTIONAL { ?status mat:hearsay ?rumour }
    OPTIONAL { ?later mat:halts ?stop }
    OPTIONAL { ?later mat:resumes ?again }
    OPTIONAL { ?later mat:hearsay ?told }
    OPTIONAL { ?later mat:advances ?gone ; mat:order ?further }
    OPTIONAL {
      ?partnership mat:statusEvent ?between .
      ?between mat:status ?code ; mat:sequence ?place .
      ?code mat:halts true .
      FILTER(?position < ?place && ?place < ?number)
    }
    FILTER(
      (?position > ?number && (BOUND(?stop) || BOUND(?back)))
      || (BOUND(?ended) && ?position > ?number && (BOUND(?again) || (BOUND(?gone) && !BOUND(?told))))
      || (!BOUND(?ended) && BOUND(?gone) && !BOUND(?between)
          && (?further > COALESCE(?height, 0) || (?further = COALESCE(?height, 0) && ?position > ?number)))
      || (BOUND(?stop) && ?position < ?number && (BOUND(?rumour) || (!BOUND(?stood) && !BOUND(?ended))))
      || (!BOUND(?ended) && !BOUND(?stood) && !BOUND(?stop) && !BOUND(?gone) && ?position > ?number)
    )
  } GROUP BY ?event
}
