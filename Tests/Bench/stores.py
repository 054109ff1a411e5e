"""The databases that are measured, and what each could do at best."""

import os
import subprocess
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import limits


@dataclass(frozen=True)
class Limit:
    means: str
    seconds: float
    rows: int


class Store(Protocol):
    name: str
    takes_many_servers: bool
    settings: dict[str, str]

    def importing_limit(self, folder: Path) -> Limit:
        """Bringing the same rows into the same indexed tables without us."""

    def forget_statements(self) -> None: ...

    def milliseconds_of_statements(self) -> float | None:
        """What the database spent on statements since then; None where nobody counts."""


class Embedded:
    name = "SQLite"
    takes_many_servers = False

    def __init__(self, folder: Path) -> None:
        self.settings: dict[str, str] = {}

    def __enter__(self) -> "Embedded":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def importing_limit(self, folder: Path) -> Limit:
        database = max(folder.glob("data/*.sqlite*"), key=lambda file: file.stat().st_size)
        limit, rows = limits.import_by_shell(database, folder)
        return Limit("sqlite3 .import", limit.seconds, rows)

    def forget_statements(self) -> None:
        pass

    def milliseconds_of_statements(self) -> float | None:
        return None


class Server:
    """A database of its own on the server that bin/postgresql has started."""

    name = "PostgreSQL"
    takes_many_servers = True

    def __init__(self, folder: Path) -> None:
        self.maintenance = os.environ["FIRSTBELL_TEST_POSTGRESQL"]
        self.database = f"bench_{os.getpid()}"
        parts = urllib.parse.urlsplit(self.maintenance)
        self.url = parts._replace(path=f"/{self.database}").geturl()
        self.settings = {"FIRSTBELL_DATABASE_URL": self.url}

    def __enter__(self) -> "Server":
        self.ask(self.maintenance, f"CREATE DATABASE {self.database} TEMPLATE template0 ENCODING 'UTF8' "
                 "LC_COLLATE 'C' LC_CTYPE 'C'")
        self.ask(self.url, "CREATE EXTENSION pg_stat_statements")
        return self

    def __exit__(self, *_: object) -> None:
        self.ask(self.maintenance, f"DROP DATABASE {self.database} WITH (FORCE)")

    def importing_limit(self, folder: Path) -> Limit:
        tables = self.ask(
            self.url, "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname").split()
        self.ask(self.url, "CREATE SCHEMA bare")
        rows, seconds = 0, 0.0
        for table in tables:
            columns = self.ask(
                self.url, "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM "
                f"information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' "
                "AND is_generated = 'NEVER'").strip()
            file = folder / f"{table}.copy"
            self.ask(self.url, f"\\copy {table} ({columns}) TO '{file}'")
            # Keys, checks and indexes, but no foreign keys: those of the limit for the embedded database neither.
            self.ask(self.url, f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
            begin = time.monotonic()
            said = self.ask(self.url, f"\\copy bare.{table} ({columns}) FROM '{file}'")
            seconds += time.monotonic() - begin
            rows += int(said.split()[1])
            file.unlink()
        self.ask(self.url, "SET client_min_messages = error; DROP SCHEMA bare CASCADE")
        self.ask(self.url, "VACUUM ANALYZE")
        return Limit("COPY", seconds, rows)

    def forget_statements(self) -> None:
        self.ask(self.url, "SELECT pg_stat_statements_reset()")

    def milliseconds_of_statements(self) -> float | None:
        spent = self.ask(
            self.url, "SELECT sum(total_exec_time + total_plan_time) FROM pg_stat_statements s JOIN pg_database d ON "
            "d.oid = s.dbid WHERE d.datname = current_database()")
        return float(spent)

    @staticmethod
    def ask(url: str, statement: str) -> str:
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1",
             "--command", statement, url] if not statement.startswith("\\") else
            ["psql", "--no-psqlrc", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1", "--command", statement, url],
            capture_output=True, text=True)
        assert done.returncode == 0, f"{statement}: {done.stderr}"
        return done.stdout
