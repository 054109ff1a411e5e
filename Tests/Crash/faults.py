"""What a mail server does wrong."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    NONE = "none"
    BUSY = "421 to MAIL"
    LATER = "451 to RCPT"
    GONE_BEFORE_BODY = "cut at DATA"
    GONE_IN_BODY = "cut in the body"
    GONE_UNTAKEN = "cut after the dot, not taken"
    GONE_TAKEN = "cut after the dot, taken"
    LATER_AFTER_BODY = "451 after the dot"
    SLOW = "slow to answer"


# Of a thousand mails. Those that keep all mail waiting for half a minute are rare: they make a run idle.
RATES = {
    Fault.BUSY: 4, Fault.LATER: 15, Fault.GONE_BEFORE_BODY: 4, Fault.GONE_IN_BODY: 8, Fault.GONE_UNTAKEN: 8,
    Fault.GONE_TAKEN: 12, Fault.LATER_AFTER_BODY: 15, Fault.SLOW: 80,
}
# After these the program cannot know whether the mail was taken.
LEAVES_UNKNOWN = (Fault.GONE_IN_BODY, Fault.GONE_UNTAKEN, Fault.GONE_TAKEN)


@dataclass
class Faults:
    """Seeded; none while it is at rest."""

    dice: random.Random
    are_on: bool = True

    def next(self) -> Fault:
        if not self.are_on:
            return Fault.NONE
        return self.dice.choices([Fault.NONE, *RATES], [1_000 - sum(RATES.values()), *RATES.values()])[0]

    def pause(self) -> float:
        """How long a slow one takes, in seconds."""
        return self.dice.uniform(0.02, 0.3)
