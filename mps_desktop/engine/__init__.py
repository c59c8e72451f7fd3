"""Pure numpy: profile, graph, affinities, ranking, explanations, A+/A/B, balance. No file, clock, Qt or SQL."""
