"""A mail server that takes its time, so that something can happen meanwhile."""

import asyncio
from dataclasses import dataclass

from post_office import Letter, PostOffice


@dataclass(frozen=True)
class Taken:
    """A letter that came, by the name of its mail."""

    mail: str
    sender: str
    recipient: str


class SlowPostOffice(PostOffice):
    # How long a letter takes, in seconds: before it counts as come, and as long again before that is said.
    pause = 0.0

    @property
    def taken(self) -> list[Taken]:
        with self._arrived:
            letters = list(self.letters)
        return [Taken(mail_of(letter), letter.sender, letter.recipient) for letter in letters]

    def wait_for_count(self, count: int, seconds: float = 60) -> None:
        """Ends when so many letters have come in all."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(self.letters) >= count, timeout=seconds)
            assert came, f"{len(self.letters)} letters of {count} in {seconds} s"

    def count_from(self, sender: str) -> int:
        with self._arrived:
            return sum(letter.sender == sender for letter in self.letters)

    async def handle_DATA(self, server, session, envelope) -> str:
        await asyncio.sleep(self.pause / 2)
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(self.pause / 2)
        return answer


def mail_of(letter: Letter) -> str:
    """The id of its row in the outbox, which stands in the Message-ID."""
    return str(letter.message["Message-ID"]).strip().removeprefix("<").split("@")[0]
