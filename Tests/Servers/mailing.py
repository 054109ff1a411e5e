"""What became of one mailing: in the database, and at the mail server."""

import time
from collections import Counter
from collections.abc import Callable

from database import Database
from slow_post_office import SlowPostOffice

UNDER_WAY = ("queued", "deferred", "sending", "in_data")


class Mailing:
    def __init__(self, id: str, database: Database, post_office: SlowPostOffice) -> None:
        self.id = id
        self._database = database
        self._post_office = post_office

    @property
    def is_over(self) -> bool:
        """All of it is queued, and nothing of it can still leave."""
        return self._database.number(
            "SELECT count(*) FROM mailing g WHERE g.id = %s AND NOT g.is_queueing AND NOT EXISTS "
            "(SELECT 1 FROM mail m WHERE m.mailing_id = g.id AND m.state = ANY(%s))", self.id, list(UNDER_WAY)) == 1

    @property
    def servers_at_work(self) -> set[str]:
        """Who has mails of it in hand at this moment."""
        return set(self._database.texts(
            "SELECT DISTINCT server_id FROM mail WHERE mailing_id = %s AND server_id IS NOT NULL", self.id))

    @property
    def states(self) -> Counter[str]:
        return Counter(self._database.texts("SELECT state FROM mail WHERE mailing_id = %s", self.id))

    def wait_until_over(self, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> float:
        """Ends when nothing of it can leave any more; returns how long that took."""
        begin = time.monotonic()
        while not self.is_over:
            meanwhile()
            assert time.monotonic() - begin < seconds, f"not over in {seconds} s: {self.states}, {self._stuck}"
            time.sleep(0.05)
        return time.monotonic() - begin

    def check(self, recipients: set[str], most_unknown: int) -> None:
        """Everybody was mailed, nobody twice, and of no more mails than said it is unknown whether they came."""
        mails = self._database.rows("SELECT id, address, state, reason FROM mail WHERE mailing_id = %s", self.id)
        assert {address for _, address, _, _ in mails} == recipients
        assert len(mails) == len(recipients)
        strange = [mail for mail in mails if mail[2] not in ("accepted", "unknown")]
        assert not strange, f"neither sent nor unknown: {strange[:10]}"
        unknown = {mail for mail, _, state, _ in mails if state == "unknown"}
        assert len(unknown) <= most_unknown, f"{len(unknown)} are unknown"

        address_of = {mail: address for mail, address, _, _ in mails}
        came = [letter for letter in self._post_office.taken if letter.mail in address_of]
        twice = [name for name, count in Counter(letter.mail for letter in came).items() if count > 1]
        assert not twice, f"came twice: {twice[:10]}"
        wrong = [letter.recipient for letter in came if address_of[letter.mail] != letter.recipient]
        assert not wrong, f"came to somebody else: {wrong[:10]}"
        lost = set(address_of) - unknown - {letter.mail for letter in came}
        assert not lost, f"said to be sent, and never came: {sorted(lost)[:10]}"

    def sent_by(self, sender: str) -> int:
        """How many of its letters came from a server."""
        mails = set(self._database.texts("SELECT id FROM mail WHERE mailing_id = %s", self.id))
        return sum(letter.mail in mails and letter.sender == sender for letter in self._post_office.taken)

    @property
    def _stuck(self) -> list[tuple]:
        """Mails in somebody's hand, since when, and in whose."""
        return self._database.rows(
            "SELECT m.id, m.state, m.state_at, v.place FROM mail m LEFT JOIN server v ON v.id = m.server_id "
            "WHERE m.mailing_id = %s AND m.state = ANY(%s) ORDER BY m.server_id, m.state_at LIMIT 20", self.id,
            list(UNDER_WAY))
