"""The fiche of a formation, a métier, an établissement or a domaine."""
