"""Network and synchronised folders are known, and their database works in the safe mode."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mps_desktop.services.maintenance import restore
from mps_desktop.storage import dossier as dossiers
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import create_dossier, unlock_dossier
from mps_desktop.storage.emplacement import Emplacement, Genre, find_place
from mps_desktop.storage.errors import DatabaseBusy
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.sauvegardes import list_backups, make_backup
from tests.storage.samples import FAST, MOT_DE_PASSE, build_eleve

MOUNTS = """/dev/sda1 / ext4 rw 0 0
//serveur/profs /media/profs cifs rw 0 0
serveur:/export /srv/commun nfs4 rw 0 0
/dev/sdb1 /media/cle\\040usb vfat rw 0 0
/dev/sdc1 /media/ntfs fuseblk rw 0 0
prof@hote:/ /home/prof/distant fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
ligne coupée
"""


@pytest.mark.parametrize(
    ("folder", "genre", "nom"),
    [
        ("/home/prof/dossiers/tg1", Genre.LOCAL, ""),
        ("/media/profs/tg1", Genre.RESEAU, "cifs"),
        ("/media/profs2/tg1", Genre.LOCAL, ""),
        ("/srv/commun/tg1", Genre.RESEAU, "nfs4"),
        ("/media/cle usb/tg1", Genre.LOCAL, ""),
        ("/media/ntfs/tg1", Genre.LOCAL, ""),
        ("/home/prof/distant/tg1", Genre.RESEAU, "fuse.sshfs"),
        ("/run/user/1000/gvfs/smb-share/tg1", Genre.RESEAU, "fuse.gvfsd-fuse"),
        ("//serveur/partage/tg1", Genre.RESEAU, "partage Windows"),
        (r"\\serveur\partage\tg1", Genre.RESEAU, "partage Windows"),
        ("/home/prof/OneDrive - Lycée fictif/tg1", Genre.NUAGE, "OneDrive"),
        ("/home/prof/Google Drive/tg1", Genre.NUAGE, "Google Drive"),
        ("/home/prof/Dropbox/tg1", Genre.NUAGE, "Dropbox"),
        ("/home/prof/Library/Mobile Documents/tg1", Genre.NUAGE, "iCloud"),
        ("/home/prof/Nextcloud2/tg1", Genre.NUAGE, "Nextcloud"),
        ("/home/prof/Nextcloudette/tg1", Genre.LOCAL, ""),
        ("/nuage/ailleurs/tg1", Genre.NUAGE, "OneDrive"),
    ],
)
def test_places_are_known_by_their_mount_their_name_or_the_environment(folder: str, genre: Genre, nom: str):
    found = find_place(Path(folder), MOUNTS, {"OneDriveCommercial": "/nuage/ailleurs"})
    assert found == Emplacement(genre, nom)
    assert found.sur == (genre is not Genre.LOCAL)
    assert bool(found.explication) == found.sur


def test_a_folder_marked_by_its_synchroniser(tmp_path: Path):
    (tmp_path / ".owncloudsync.log").touch()
    assert find_place(tmp_path / "tg1", "").nom == "Nextcloud"


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the table of mounts says to be on the network."""
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserveur:/x {tmp_path} nfs4 rw 0 0\n"
    monkeypatch.setattr(dossiers, "find_place", lambda folder: find_place(folder, mounts, {}))
    return tmp_path / "tg1"


def test_a_remote_dossier_lives_without_a_log_and_alone(remote: Path):
    with create_dossier(remote, "TG1", MOT_DE_PASSE, FAST) as opened:
        assert opened.emplacement.nom == "nfs4"
        with opened.database.transaction() as session:
            EleveRepository(session).add(build_eleve())
        with opened.database.raw_connection() as connection:
            state = {
                name: connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "locking_mode")
            }
        assert state == {"journal_mode": "delete", "synchronous": 3, "locking_mode": "exclusive"}
        assert not list(remote.glob("*-wal")) + list(remote.glob("*-shm"))
        with pytest.raises(DatabaseBusy):
            Database(opened.database.path, bytes(opened.database._key), busy_ms=10)
        made = make_backup(opened, "demande", datetime(2026, 11, 24, tzinfo=UTC))
        assert made.eleves == 1
        with opened.database.transaction() as session:
            EleveRepository(session).delete((1,))
    restore(remote, 1, MOT_DE_PASSE, datetime(2026, 11, 25, tzinfo=UTC))
    assert len(list_backups(remote)) == 2
    with unlock_dossier(remote, MOT_DE_PASSE) as opened, opened.database.read() as session:
        assert [e.nom for e in EleveRepository(session).list()] == ["BIDON"]


def test_a_dossier_moves_between_the_two_modes(remote: Path, monkeypatch: pytest.MonkeyPatch):
    with create_dossier(remote, "TG1", MOT_DE_PASSE, FAST) as opened, opened.database.transaction() as session:
        EleveRepository(session).add(build_eleve())
    for mounts in ("", f"serveur:/x {remote.parent} nfs rw 0 0"):
        monkeypatch.setattr(dossiers, "find_place", lambda folder, mounts=mounts: find_place(folder, mounts, {}))
        with unlock_dossier(remote, MOT_DE_PASSE) as opened:
            assert opened.database.sur == bool(mounts)
            with opened.database.transaction() as session:
                EleveRepository(session).add(build_eleve("AUTRE"))
    with unlock_dossier(remote, MOT_DE_PASSE) as opened, opened.database.read() as session:
        assert len(EleveRepository(session).list()) == 3
