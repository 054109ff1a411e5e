"""Several servers on one database, as they stand behind a load balancer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import processes
from database import Database
from district import Program
from post_office import PostOffice
from visitor import Visitor

# What people type; the load balancer that would take it to one of the servers is played by the tests.
PUBLIC = "https://bell.test"


class Server(Program):
    """One of them, with a data folder and a port of its own."""

    def __init__(self, name: str, folder: Path, keyring: Path, post_office: PostOffice, database: Database) -> None:
        super().__init__(folder, post_office)
        self.name = name
        # One that stays free while the server is down.
        self.port = processes.free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self.sender = f"{name}@bell.test"
        self.environment |= database.settings | {
            "FIRSTBELL_KEYRING": str(keyring),
            "FIRSTBELL_LISTEN": f"127.0.0.1:{self.port}",
            "FIRSTBELL_PUBLIC_URL": PUBLIC,
            # A letter tells which server has sent it.
            "FIRSTBELL_MAIL_FROM": self.sender,
        }

    def visitor(self, patience: float = 120) -> Visitor:
        """Somebody whom the load balancer sends here."""
        return Visitor(self.url, public=PUBLIC, patience=patience)

    def wait_until_open(self) -> None:
        """Ends when it answers, whatever it says."""
        def answers() -> bool:
            assert self.process.poll() is None, f"the program ended: {self.log.read_text()}"
            try:
                return bool(self.visitor().send("GET", "/readyz").status)
            except OSError:
                return False

        processes.until(answers, 30, f"{self.name} answers")

    def kill(self) -> None:
        """kill -9: without a word to anybody."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        self.start("serve")
        self.wait_until_ready()


class Fleet:
    """Servers with the same keyring. None of them is different from the others."""

    def __init__(self, folder: Path, post_office: PostOffice, database: Database, count: int = 3) -> None:
        self.post_office = post_office
        self.database = database
        self.keyring = folder / "keyring"
        names = [f"app{number}" for number in range(1, count + 1)]
        self.servers = [self._server(name, folder / name) for name in names]

    def _server(self, name: str, folder: Path) -> Server:
        folder.mkdir()
        return Server(name, folder, self.keyring, self.post_office, self.database)

    def make_keyring(self) -> None:
        self.servers[0].run("keys", "create")

    def start(self) -> None:
        """All at once; ends when all have been started, not when they are ready."""
        for server in self.servers:
            server.start("serve")

    def wait_until_ready(self) -> None:
        for server in self.servers:
            server.wait_until_ready()

    def others(self, server: Server) -> list[Server]:
        return [each for each in self.servers if each is not server]

    def close(self) -> None:
        for server in self.servers:
            if hasattr(server, "process"):
                server.close()


@contextmanager
def running(fleet: Fleet) -> Iterator[Fleet]:
    """Servers that are ready, for a while, with a keyring that is there."""
    try:
        fleet.start()
        fleet.wait_until_ready()
        yield fleet
    finally:
        fleet.close()
