"""What somebody has done or seen, on disk before anything else happens."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path


class Journal:
    """One JSON object a line."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._turn = threading.Lock()
        self._place = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, **facts: object) -> None:
        """Ends when the line would survive a power cut."""
        with self._turn:
            os.write(self._place, json.dumps(facts).encode() + b"\n")
            os.fsync(self._place)

    def read(self) -> Iterator[dict]:
        with self.file.open() as lines:
            for line in lines:
                yield json.loads(line)

    def close(self) -> None:
        os.close(self._place)
