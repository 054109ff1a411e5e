"""A OneRoster service on loopback that checks what it is asked, and lies where it is told to.

Its only argument is a JSON object of settings; it prints its port, then a line for each line that it reads: its log.
"""

import json
import ssl
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lies import LIES
from oauth import Nonces, Tokens, signature_is_right
from roster import COLLECTIONS

SETTINGS = json.loads(sys.argv[1])
VERSION = SETTINGS.get("version", "1.1")
BASE = "/ims/oneroster/v1p1" if VERSION == "1.1" else "/ims/oneroster/rostering/v1p2"
LOG: list[dict] = []
TOKENS = Tokens(SETTINGS)
NONCES = Nonces()
LOCK = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body=b"", kind="application/json", headers=()):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with LOCK:
            LOG.append({"path": self.path, "form": body.decode(), "query": {}, "marks": []})
        if SETTINGS.get("lie") == "garbage token":
            return self.send(200, b"<html>Welcome</html>", "text/html")
        if SETTINGS.get("lie") == "token with a line end":
            return self.send(200, {"access_token": "a\r\nX-Evil: 1", "token_type": "Bearer"})
        if self.path != "/token":
            return self.send(404)
        self.send(*TOKENS.answer(self.headers, urllib.parse.parse_qs(body.decode())))

    def allowed(self, path, pairs):
        header = self.headers.get("Authorization", "")
        if SETTINGS.get("auth") == "oauth1":
            return signature_is_right(header, "GET", f"http://{self.headers['Host']}{path}", pairs, SETTINGS, NONCES)
        return TOKENS.accepts(header)

    def do_GET(self):
        path, _, text = self.path.partition("?")
        pairs = urllib.parse.parse_qsl(text, keep_blank_values=True)
        query = dict(pairs)
        name = path.rsplit("/", 1)[-1]
        with LOCK:
            before = sum(1 for entry in LOG if entry["path"] == path)
            LOG.append({"path": path, "form": "", "query": query, "marks": sorted(self.headers.keys())})
        if not self.allowed(path, pairs):
            return self.send(401, {"imsx_codeMajor": "failure"})
        if path != f"{BASE}/{name}" or name not in COLLECTIONS:
            return self.send(404)
        if "fields" in query and SETTINGS.get("refusesFields"):
            return self.send(400, {"imsx_codeMajor": "failure"})
        rows = COLLECTIONS[name](VERSION, SETTINGS)
        if "filter" in query:
            rows = [row for row in rows if row["dateLastModified"] > query["filter"].split("'")[1]]
        lie = LIES.get(SETTINGS.get("lie"))
        if lie and name == SETTINGS.get("about", "users") and lie(self, name, rows, query, before):
            return
        self.page(name, rows, query)

    def page(self, name, rows, query, count=None):
        limit = min(int(query["limit"]), SETTINGS.get("cap", 10_000))
        offset = int(query.get("offset", 0))
        part = rows[offset:offset + limit]
        headers = []
        paging = SETTINGS.get("paging", "count")
        if "count" in paging:
            total = len(rows) if count is None else count
            headers.append(("x-count" if paging == "x-count" else "X-Total-Count", str(total)))
        if "link" in paging:
            links = [f'<http://inside.example{BASE}/{name}?limit={limit}&offset=0>; rel="first"']
            if offset + limit < len(rows):
                after = urllib.parse.urlencode({**query, "limit": limit, "offset": offset + limit})
                links.append(f'<http://inside.example{BASE}/{name}?{after}>; rel="next"')
            headers.append(("Link", ", ".join(links)))
        self.send(200, {name: part}, headers=headers)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if "certificate" in SETTINGS:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SETTINGS["certificate"], SETTINGS["privateKey"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"port": server.server_port}), flush=True)
for line in sys.stdin:
    with LOCK:
        print(json.dumps(LOG), flush=True)
