"""What a mail server does wrong."""

import random
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


# What leaves no mail waiting.
AT_THE_END = {Fault.GONE_TAKEN: 30, Fault.SLOW: 30}


class Faults:
    """Seeded; which and how often can be changed."""

    def __init__(self, dice: random.Random) -> None:
        self.rates = RATES
        self._dice = dice

    def next(self) -> Fault:
        return self._dice.choices([Fault.NONE, *self.rates], [1_000 - sum(self.rates.values()), *self.rates.values()])[0]

    def pause(self) -> float:
        """How long a slow one takes, in seconds."""
        return self._dice.uniform(0.02, 0.3)
