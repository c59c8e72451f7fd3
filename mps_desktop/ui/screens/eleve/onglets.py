"""The tabs of a student, by their place."""

PROFIL, SUGGESTIONS, EQUILIBRE, ENTRETIENS, PSYEN = range(5)
