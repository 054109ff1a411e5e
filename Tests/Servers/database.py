"""A PostgreSQL database, and what a test reads in it beside the servers."""

import os
import secrets
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class Database:
    """One that is there. `url` holds no password."""

    def __init__(self, url: str, password: str, password_file: Path) -> None:
        self.url = url
        self.password = password
        self._line: psycopg.Connection | None = None
        self._turn = threading.Lock()
        self.settings = {
            "FIRSTBELL_DATABASE_URL": url, "FIRSTBELL_DATABASE_PASSWORD_FILE": str(password_file),
        }

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url, password=self.password, connect_timeout=5, autocommit=True)

    def rows(self, query: str, *values: object) -> list[tuple]:
        """On one line, which is opened again when it broke."""
        with self._turn:
            try:
                return self._ask(query, values)
            except psycopg.OperationalError:
                self._line = None
                return self._ask(query, values)

    def texts(self, query: str, *values: object) -> list[str]:
        return [row[0] for row in self.rows(query, *values)]

    def number(self, query: str, *values: object) -> int:
        return int(self.rows(query, *values)[0][0] or 0)

    def _ask(self, query: str, values: tuple[object, ...]) -> list[tuple]:
        self._line = self._line or self.connect()
        return self._line.execute(query, values).fetchall()


@contextmanager
def empty_database(folder: Path) -> Iterator[Database]:
    """A database of its own, on the server that bin/postgresql has started, for as long as it is needed."""
    assert "FIRSTBELL_TEST_POSTGRESQL" in os.environ, "no PostgreSQL was started: use bin/postgresql"
    maintenance = os.environ["FIRSTBELL_TEST_POSTGRESQL"]
    parts = urllib.parse.urlsplit(maintenance)
    assert parts.password, "the server asks for a password"
    name = f"servers_{secrets.token_hex(4)}"
    password_file = folder / f"{name}-password"
    password_file.touch(mode=0o600)
    password_file.write_text(parts.password + "\n")
    address = parts._replace(netloc=f"{parts.username}@{parts.hostname}:{parts.port}", path=f"/{name}")
    with psycopg.connect(maintenance, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        yield Database(address.geturl(), parts.password, password_file)
    finally:
        with psycopg.connect(maintenance, autocommit=True) as line:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")
