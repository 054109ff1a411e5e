"""Three servers that start at the same moment."""

from pathlib import Path

import processes
from database import Database
from district import ROOT
from fleet import Fleet
from slow_post_office import SlowPostOffice

# What the servers agree on by number (AdvisoryLock in Sources/StoragePostgreSQL).
MIGRATING = 7_310_002


def test_an_empty_database_is_migrated_once_and_all_are_ready(
    folder: Path, post_office: SlowPostOffice, database: Database
) -> None:
    fleet = Fleet(folder, post_office, database)
    fleet.make_keyring()
    try:
        with database.connect() as door:
            # Nobody gets ahead of the others: the door opens when all three stand before it.
            door.execute("SELECT pg_advisory_lock(%s)", (MIGRATING,))
            fleet.start()
            processes.until(lambda: waiting(database) == 3, 60, "three servers want to migrate")
            door.execute("SELECT pg_advisory_unlock(%s)", (MIGRATING,))
        fleet.wait_until_ready()

        scripts = sorted(path.stem for path in (ROOT / "Sources" / "Core" / "Migrations").glob("*.sql"))
        done = database.texts("SELECT name FROM migration ORDER BY number")
        assert done == scripts
        assert database.number("SELECT count(*) FROM district") == 1
        assert database.number("SELECT count(*) FROM server") == 3
        for server in fleet.servers:
            assert " error " not in server.log.read_text(), f"{server.name}: {server.log.read_text()}"
    finally:
        fleet.close()


def waiting(database: Database) -> int:
    return database.number(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %s "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", MIGRATING)
