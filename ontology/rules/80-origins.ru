# Who is behind each claim. A voice is the speaker, else the body that the page speaks for, else the origin of the page
# (which already unites reprints and houses). Ten pages that quote one minister are one voice.
# A statement that only inherits the sources of its whole record has no voice: nobody is known to have said it.
# Whoever denies it is no voice for it.
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX stance: <https://w3id.org/materiel/code/stance/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
INSERT { ?claim mat:voice ?voice } WHERE {
  ?claim mat:attestation ?attestation .
  OPTIONAL { ?claim mat:evidenceScope/mat:inherited ?inherited }
  FILTER(!BOUND(?inherited))
  ?attestation mat:source ?source .
  OPTIONAL { ?attestation mat:stance ?stance }
  FILTER(!BOUND(?stance) || ?stance != stance:denies)
  OPTIONAL { ?attestation mat:attributedTo ?speaker }
  OPTIONAL { ?source mat:speaksFor ?body }
  OPTIONAL { ?source mat:origin ?origin }
  BIND(COALESCE(?speaker, ?body, ?origin, ?source) AS ?voice)
} ;
INSERT { ?claim mat:voiceCount ?count } WHERE {
  SELECT ?claim (COUNT(?voice) AS ?count) WHERE { ?claim mat:voice ?voice } GROUP BY ?claim
} ;
INSERT { ?claim mat:originCount ?count } WHERE {
  SELECT ?claim (COUNT(?origin) AS ?count) WHERE {
    { SELECT DISTINCT ?claim ?origin WHERE {
        ?attestation mat:source ?source .
        ?claim mat:attestation ?attestation .
        OPTIONAL { ?claim mat:evidenceScope/mat:inherited ?inherited }
        FILTER(!BOUND(?inherited))
        OPTIONAL { ?attestation mat:stance ?stance }
        FILTER(!BOUND(?stance) || ?stance != stance:denies)
        OPTIONAL { ?source mat:origin ?stated }
        BIND(COALESCE(?stated, ?source) AS ?origin)
    } }
  } GROUP BY ?claim
} ;
INSERT { ?claim mat:partyVoice ?voice } WHERE {
  ?claim mat:voice ?voice ; rdf:subject ?partnership .
  ?voice mat:partyTo ?partnership .
} ;
INSERT { ?claim mat:partyVoice ?person } WHERE {
  ?claim mat:voice ?person ; rdf:subject ?partnership .
  ?person mat:tenure ?tenure .
  ?tenure mat:atOrganization ?organization .
  ?organization mat:partyTo ?partnership .
}
