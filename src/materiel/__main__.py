"""`python -m materiel`."""

from materiel.cli import main

main()
