"""A student system that offers its roster over the web: the service of the tests of RosterREST, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "RosterRESTTests/Server/oneroster_server.py"


class RosterService:
    """Serves until it is left."""

    client = "birch school"
    secret = "s3cret/&+ü"
    scope = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"

    def __init__(self, **settings):
        self.settings = {
            "version": "1.2", "auth": "oauth2", "id": self.client, "secret": self.secret, "scope": self.scope, **settings}

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(SCRIPT), json.dumps(self.settings)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.origin = f"http://127.0.0.1:{json.loads(self.process.stdout.readline())['port']}"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait()

    @property
    def address(self):
        return f"{self.origin}/ims/oneroster/rostering/v1p2"

    @property
    def token(self):
        return f"{self.origin}/token"

    def asked(self):
        """What was asked so far."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())
