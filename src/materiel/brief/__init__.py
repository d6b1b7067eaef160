"""One-page briefs: plain sentences, each resting on claims, with numbered footnotes."""

from materiel.brief.brief import Brief
from materiel.brief.compose import brief
from materiel.brief.model import Note, Section, Sentence

__all__ = ["Brief", "Note", "Section", "Sentence", "brief"]
