"""Trust in numbers: amounts keep currency and day; totals never mix currencies nor count one sum of money twice."""

from materiel.amounts.deal import Deal, read_deals
from materiel.amounts.overlap import Overlap, overlaps
from materiel.amounts.rates import Rates, read_rates
from materiel.amounts.totals import Money, Total, Totals, totals

__all__ = ["Deal", "Money", "Overlap", "Rates", "Total", "Totals", "overlaps", "read_deals", "read_rates", "totals"]
