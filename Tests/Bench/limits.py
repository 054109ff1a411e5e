"""What this machine can do at best, measured in the same run."""

import ctypes
import ctypes.util
import multiprocessing
import os
import secrets
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """A program that has ended."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def run(command: list[str | Path], **options) -> Ran:
    """Runs a program to its end and says what it took."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command}: exit {process.returncode}\n{output[-3000:]}"
    return Ran(time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def import_by_shell(source: Path, folder: Path) -> tuple[Ran, int]:
    """The `sqlite3` shell imports the same rows into the same tables with the same indexes. Constraints that its empty
    strings (it knows no null) would break are left out, which makes it faster."""
    target = folder / "limit.sqlite"
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        schema, imports, rows = [], [], 0
        for table in tables:
            count = database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]
            if count == 0:
                continue
            rows += count
            # Generated columns too: they are imported as they stand, for the indexes on them.
            columns = database.execute(f'PRAGMA table_xinfo("{table}")').fetchall()
            key = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
            names = ", ".join(f'"{column[1]}" {column[2].split()[0]}' for column in columns)
            primary = f", PRIMARY KEY ({', '.join(key)})" if key else ""
            schema.append(f'CREATE TABLE "{table}" ({names}{primary});')
            schema += [
                sql.replace("CREATE UNIQUE INDEX", "CREATE INDEX") + ";" for (sql,) in database.execute(
                    "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", (table,))]
            file = folder / f"{table}.csv"
            with file.open("wb") as out:
                subprocess.run(["sqlite3", "-csv", source, f'SELECT * FROM "{table}"'], stdout=out, check=True)
            imports.append(f'.import "{file}" "{table}"')
    script = folder / "limit.sql"
    script.write_text("\n".join(["PRAGMA journal_mode=WAL;", "PRAGMA synchronous=FULL;", *schema, ".mode csv", *imports]))
    with script.open() as commands:
        return run(["sqlite3", target], stdin=commands), rows


def hash_for(seconds: float) -> int:
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
    assert sodium.sodium_init() >= 0
    out, password, salt = ctypes.create_string_buffer(32), secrets.token_bytes(16), secrets.token_bytes(16)
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        failed = sodium.crypto_pwhash(
            out, ctypes.c_ulonglong(32), password, ctypes.c_ulonglong(len(password)), salt, ctypes.c_ulonglong(2),
            ctypes.c_size_t(19 * 1024 * 1024), ctypes.c_int(2))
        assert failed == 0
        count += 1
    return count


def hashes_a_second(seconds: float) -> float:
    """Argon2id, 19 MiB and two passes, in a bare loop on every core."""
    cores = os.cpu_count() or 1
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        return sum(pool.map(hash_for, [seconds] * cores)) / seconds
