"""The back-test: what it measures, and the proof that no later figure reaches a prediction."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mps_desktop.catalogue.construction import previsions
from mps_desktop.catalogue.construction.panel import Fiche
from mps_desktop.catalogue.construction.parts_mentions import predict_shares
from mps_desktop.catalogue.retrotest import (
    GROUPE_MIN,
    Retrotest,
    SessionsLues,
    etablissements,
    read_sessions,
    run_retrotest,
    write_predictions,
)
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress

_FILIS = ("BTS", "Licence", "CPGE", "Ecole inventée")


def invented(voeux: int = 600) -> SessionsLues:
    """Invented sessions whose vœux keep a level of their own and move around it."""
    random = np.random.default_rng(2024)
    level = random.uniform(0.1, 0.95, voeux)

    def session(noise: float) -> dict[str, Fiche]:
        rates = np.clip(level + random.normal(0, noise, voeux), 0.01, 1.0)
        return {
            str(rank + 1): Fiche(
                code=str(rank + 1),
                uai=f"{rank // 3:07d}A",
                fili=_FILIS[rank % 4],
                filiere=f"filière {rank % 12}",
                academie=f"académie {rank % 5}",
                taux=float(np.round(rates[rank], 2)),
                proportion=float(rates[rank]),
                rang=float(rates[rank]) if rank % 2 else np.nan,
                candidats=float(20 + 7 * rank),
                places=30.0,
                mentions=tuple(float(n) for n in random.multinomial(25, (0.3, 0.3, 0.2, 0.15, 0.05))),
            )
            for rank in range(voeux)
        }

    def four(fiches: dict[str, Fiche]) -> dict[str, Fiche]:
        """Mentions as in 2018 and 2019: félicitations are not told apart."""
        return {
            code: replace(one, taux=np.nan, mentions=(*one.mentions[:3], one.mentions[3] + one.mentions[4]))
            for code, one in fiches.items()
        }

    later = session(0.1)
    return SessionsLues(
        session_2018=four(session(0.1)),
        session_2019=four(session(0.1)),
        session_2023=session(0.1),
        taux_2024={code: one.taux for code, one in later.items()},
        incertains_2024=frozenset(str(rank) for rank in range(5, voeux, 20)),
        mentions_2025={code: tuple(n / 25 for n in one.mentions) for code, one in later.items()},
    )


READ = invented()


@pytest.fixture(scope="module")
def found() -> Retrotest:
    return run_retrotest(READ, Progress())


def shuffled(values: dict[str, float], codes: list[str]) -> dict[str, float]:
    moved = list(np.random.default_rng(7).permutation([values[code] for code in codes]))
    return {**values, **dict(zip(codes, moved, strict=True))}


def by_code(result: Retrotest) -> dict[str, tuple[float, float, float]]:
    return {code: values for code, *values in result.predictions}  # type: ignore[misc]  # three figures each


def test_permuting_2024_changes_no_point_prediction(found: Retrotest):
    moved = shuffled(dict(READ.taux_2024), sorted(READ.taux_2024))
    other = run_retrotest(replace(READ, taux_2024=moved), Progress())
    assert [row[:2] for row in other.predictions] == [row[:2] for row in found.predictions]
    assert other.modele.mae > found.modele.mae
    assert other.predictions != found.predictions, "the intervals do learn from 2024"


def test_leaving_2024_out_changes_no_point_prediction():
    predicted = previsions.predict_2024(READ.session_2018, READ.session_2019, READ.session_2023)
    points = dict(zip([one.code for one in predicted.fiches], predicted.prevu, strict=True))
    known = run_retrotest(READ, Progress()).predictions
    assert {code: point for code, point, _, _ in known} == {code: round(100 * p, 2) for code, p in points.items()}


@pytest.mark.parametrize("fold", range(previsions.PLIS))
def test_permuting_the_2024_values_of_a_fold_does_not_change_its_intervals(found: Retrotest, fold: int):
    fiches = tuple(READ.session_2023.values())
    folds = etablissements(fiches) % previsions.PLIS
    own = [one.code for one, number in zip(fiches, folds, strict=True) if number == fold]
    assert 50 < len(own) < 250
    other = run_retrotest(replace(READ, taux_2024=shuffled(dict(READ.taux_2024), own)), Progress())
    before, after = by_code(found), by_code(other)
    assert {code: after[code] for code in own} == {code: before[code] for code in own}
    assert after != before, "the other folds learn from this one"


def test_an_etablissement_is_never_split_between_folds():
    fiches = tuple(READ.session_2023.values())
    folds = etablissements(fiches) % previsions.PLIS
    seen: dict[str, set[int]] = {}
    for one, number in zip(fiches, folds, strict=True):
        seen.setdefault(one.uai, set()).add(int(number))
    assert {len(numbers) for numbers in seen.values()} == {1}
    assert set(folds) == set(range(previsions.PLIS))
    assert etablissements((replace(fiches[0], uai=""),)) == etablissements((replace(fiches[0], uai="", fili="x"),))


def test_an_ambiguous_match_is_listed_but_teaches_and_measures_nothing(found: Retrotest):
    wrong = {code: 1.0 - rate if code in READ.incertains_2024 else rate for code, rate in READ.taux_2024.items()}
    assert run_retrotest(replace(READ, taux_2024=wrong), Progress()) == found
    assert found.voeux == len(READ.taux_2024) - len(READ.incertains_2024)
    assert found.connus == len(found.predictions) == len(READ.taux_2024)
    assert set(by_code(found)) >= READ.incertains_2024


def test_the_families_with_few_sure_matches_learn_from_the_ambiguous_ones():
    """PASS moved by much more than the others: its own ambiguous rows are all that can tell it."""
    health = {code: replace(one, fili="PASS") if int(code) % 3 == 0 else one for code, one in READ.session_2023.items()}
    rates = {
        code: rate if int(code) % 3 else (0.02 if int(code) % 2 else 0.98) for code, rate in READ.taux_2024.items()
    }
    doubtful = frozenset(code for code in READ.taux_2024 if int(code) % 3 == 0)
    read = replace(READ, session_2023=health, taux_2024=rates, incertains_2024=doubtful)
    result = run_retrotest(read, Progress())
    (apart,) = result.ambigus
    assert (apart.nom, apart.voeux) == ("PASS", len(doubtful))
    assert apart.couverture_pct == pytest.approx(80, abs=8)
    assert result.voeux == len(rates) - len(doubtful)
    bounds = by_code(result)
    wide = [high - low for code, (_, low, high) in bounds.items() if code in doubtful]
    narrow = [high - low for code, (_, low, high) in bounds.items() if code not in doubtful]
    assert np.median(wide) > 2 * np.median(narrow)


def test_permuting_2025_changes_no_predicted_share():
    """The mentions of 2025 are not an argument of the prediction; only the measure reads them."""
    codes = sorted(READ.mentions_2025)
    moved = dict(zip(codes, (READ.mentions_2025[code] for code in reversed(codes)), strict=True))
    other = run_retrotest(replace(READ, mentions_2025=moved), Progress())
    assert other.mentions.voeux == len(codes)
    assert other.predictions == run_retrotest(READ, Progress()).predictions
    _, before, predicted = predict_shares(READ.session_2018, READ.session_2019, READ.session_2023)
    assert np.allclose(predicted.sum(axis=1), 1)
    assert predicted.min() >= 0
    assert np.std(predicted[:, 0]) < np.std(before[:, 0]), "small counts lean on their neighbours"


def test_what_it_measures(found: Retrotest):
    assert found.modele.mae < found.persistance.mae
    assert 70 < found.couverture_pct < 90
    assert found.mentions.mae < found.mentions.mae_persistance
    assert len(found.fiabilite) == 10
    assert [one.prevu for one in found.fiabilite] == sorted(one.prevu for one in found.fiabilite)
    assert sum(one.voeux for one in found.fiabilite) == found.voeux
    assert sum(one.voeux for one in found.tailles) == sum(one.voeux for one in found.familles) == found.voeux
    assert {one.nom for one in found.familles} == {"BTS", "Licence", "CPGE", "autres familles"}
    assert found.ecart_fiabilite_max == max(abs(one.ecart) for one in found.fiabilite)


def test_the_same_files_give_the_same_figures(found: Retrotest):
    assert run_retrotest(invented(), Progress()) == found


def test_the_predictions_file(found: Retrotest, tmp_path: Path):
    target = tmp_path / "predictions.csv"
    write_predictions(found, target)
    assert target.read_text(encoding="utf-8").splitlines()[0] == "cod_aff_form;prevu;bas;haut"
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == found.connus
    for row in rows:
        assert 0 <= float(row["bas"]) <= float(row["prevu"]) <= float(row["haut"]) <= 100


def test_sessions_without_a_common_rate_are_refused():
    with pytest.raises(EnvironmentFault, match="Aucun vœu") as caught:
        run_retrotest(replace(READ, taux_2024={}), Progress())
    assert caught.value.remede


def test_the_real_sessions(partage: Path):
    """The table of the specification, on the official files."""
    found = run_retrotest(read_sessions(partage), Progress())
    assert found.voeux > 11_000
    assert found.persistance.mae == pytest.approx(8.84, abs=0.02)
    assert found.modele.mae <= found.persistance.mae
    assert found.modele.classes_exactes_pct >= found.persistance.classes_exactes_pct
    assert found.modele.classes_ecart_de_deux_pct <= found.persistance.classes_ecart_de_deux_pct
    assert found.couverture_pct == pytest.approx(80, abs=2)
    for one in (*found.familles, *found.tailles):
        if one.voeux >= GROUPE_MIN:
            assert one.couverture_pct == pytest.approx(80, abs=5), one.nom
    assert found.largeur_mediane < 28
    assert found.ecart_fiabilite_max <= 3
    assert found.mentions.mae < found.mentions.mae_persistance
