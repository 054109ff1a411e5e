"""What stands in the database of a district, read beside the program."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from database import Database

Rows = list[tuple]


@dataclass(frozen=True)
class Account:
    """Somebody as FirstBell has them."""

    id: str
    username: str
    given: str
    family: str
    number: str
    grade: str
    address: str
    suspended_for: str
    schools: frozenset[str]
    # Those that have not ended.
    trackers: frozenset[str]


class Ledger:
    def __init__(self, ask: Callable[..., Rows]) -> None:
        self.rows = ask

    def accounts(self) -> dict[str, Account]:
        """Everybody of the roster, by its ids."""
        schools = self._sets(
            "SELECT m.account_id, s.source_id FROM membership m JOIN school s ON s.id = m.school_id")
        trackers = self._sets(
            "SELECT e.account_id, t.source_id FROM enrollment e JOIN tracker t ON t.id = e.tracker_id "
            "WHERE t.ended_at IS NULL")
        return {
            row: Account(id, *facts, schools[id], trackers[id]) for row, id, *facts in self.rows(
                "SELECT c.source_id, a.id, a.username, a.given_name, a.family_name, coalesce(a.number, ''), "
                "coalesce(a.grade, ''), coalesce(a.address, ''), coalesce(a.suspended_for, '') "
                "FROM account_source c JOIN account a ON a.id = c.account_id")}

    def everything(self) -> list[Rows]:
        """All that a roster may change."""
        return [sorted(self.rows(f"SELECT {columns} FROM {table}")) for table, columns in {
            "account": "id, username, given_name, family_name, coalesce(number, ''), coalesce(grade, ''), "
            "coalesce(address, ''), coalesce(suspended_at, 0), coalesce(password_hash, ''), coalesce(school_id, '')",
            "account_source": "source_id, account_id", "username": "name_key, account_id",
            "membership": "account_id, school_id", "enrollment": "account_id, tracker_id, role",
            "school": "source_id, name, coalesce(ended_at, 0)", "tracker": "source_id, name, coalesce(ended_at, 0)",
            "session": "account_id",
        }.items()]

    def open_questions(self) -> dict[str, tuple[str, str]]:
        """Whether two are one person: the row, and the id that the roster has lost."""
        return {
            id: (row, lost) for id, row, lost in self.rows(
                "SELECT id, source_id, coalesce(replaces, '') FROM person_match WHERE answer IS NULL")}

    def state(self, plan: str) -> str:
        return dict(self.rows("SELECT id, state FROM roster_plan"))[plan]

    def _sets(self, query: str) -> dict[str, frozenset[str]]:
        found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for account, value in self.rows(query):
            found[account] |= {value}
        return found


def embedded(folder: Path) -> Ledger:
    def ask(query: str) -> Rows:
        with sqlite3.connect(f"file:{folder / 'data' / 'firstbell.sqlite'}?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()
    return Ledger(ask)


def of_server(database: Database) -> Ledger:
    return Ledger(database.rows)
