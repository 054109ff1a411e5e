"""Ways in which servers lie. Each answers the request itself, or returns False and has the truth told."""

import json


def send_all(handler, status, body, kind="application/json", headers=()):
    handler.send(status, body, kind, headers)
    return True


def offset_ignored(handler, name, rows, query, before):
    handler.page(name, rows, {**query, "offset": 0})
    return True


def page_repeated(handler, name, rows, query, before):
    if int(query["offset"]) < 2 * int(query["limit"]):
        return False
    handler.page(name, rows, {**query, "offset": int(query["limit"])})
    return True


def count_changing(handler, name, rows, query, before):
    handler.page(name, rows, query, count=len(rows) + before)
    return True


def count_wrong(handler, name, rows, query, before):
    handler.page(name, rows, query, count=len(rows) + 3)
    return True


def html(handler, name, rows, query, before):
    return send_all(handler, 200, b"<!doctype html><title>Sign in</title>", "text/html; charset=utf-8")


def html_as_json(handler, name, rows, query, before):
    return send_all(handler, 200, b"\n<html><body>Sign in</body></html>")


def wrong_type(handler, name, rows, query, before):
    return send_all(handler, 200, json.dumps({name: rows}).encode(), "application/octet-stream")


def endless(handler, name, rows, query, before):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"%x\r\n" % len(b'{"users":[') + b'{"users":[' + b"\r\n")
    chunk = b" " * (1 << 20)
    while True:
        handler.wfile.write(b"%x\r\n" % len(chunk) + chunk + b"\r\n")


def huge_length(handler, name, rows, query, before):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(1 << 40))
    handler.end_headers()
    handler.close_connection = True
    return True


def huge_rows(handler, name, rows, query, before):
    return send_all(handler, 200, {name: [{**rows[0], "middleName": "x" * 10_000_000}]})


def broken_off(handler, name, rows, query, before):
    body = json.dumps({name: rows}).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    handler.close_connection = True
    return True


def broken_off_once(handler, name, rows, query, before):
    return before == 1 and broken_off(handler, name, rows, query, before)


def redirected(handler, name, rows, query, before):
    target = f"http://localhost:{handler.server.server_port}/stolen"
    return send_all(handler, 302, b"", None, [("Location", target)])


def busy(handler, name, rows, query, before):
    return send_all(handler, 503, b"")


def busy_thrice(handler, name, rows, query, before):
    if before >= 3:
        return False
    return send_all(handler, [500, 429, 503][before], b"", headers=[] if before != 1 else [("Retry-After", "17")])


def forbidden(handler, name, rows, query, before):
    return send_all(handler, 403, {"imsx_codeMajor": "failure"})


def lost(handler, name, rows, query, before):
    return send_all(handler, 404, {})


def deep(handler, name, rows, query, before):
    return send_all(handler, 200, b'{"users":' + b"[" * 500_000 + b"]" * 500_000 + b"}")


def json_of(value):
    return lambda handler, name, rows, query, before: send_all(handler, 200, value)


def empty(handler, name, rows, query, before):
    return send_all(handler, 200, {name: []})


def link_without_end(handler, name, rows, query, before):
    after = f"?limit=2&offset={before + 1}"
    return send_all(handler, 200, {name: rows[:2]}, headers=[("Link", f'<{handler.path.split("?")[0]}{after}>; rel="next"')])


def empty_page(handler, name, rows, query, before):
    part = rows[:2] if before == 0 else []
    after = f'<{handler.path.split("?")[0]}?limit=2&offset={2 * before + 2}>; rel="next"'
    return send_all(handler, 200, {name: part}, headers=[("Link", after)])


def link_elsewhere(handler, name, rows, query, before):
    return send_all(handler, 200, {name: rows[:2]}, headers=[("Link", '<http://thief.example/collect?x=1>; rel="next"')])


def count_in_words(handler, name, rows, query, before):
    return send_all(handler, 200, {name: rows}, headers=[("X-Total-Count", "six")])


def misshapen(handler, name, rows, query, before):
    """Each row but the last has one field of a form that is none."""
    wrong = [
        {"givenName": {"first": "Zoë"}}, {"username": ["zoe"]}, {"orgs": "s1"}, {"orgs": [["s1"]]},
        {"orgs": [{"href": "http://x.example", "type": "org"}]}, {"grades": [{"grade": "04"}]}, {"enabledUser": {}},
        {"orgs": [{"sourcedId": "s1,s2", "type": "org"}]}, {"roles": {"role": "student"}}, {"roles": ["student"]},
    ]
    odd = [{**rows[0], "sourcedId": f"m{number}", **field} for number, field in enumerate(wrong)]
    return send_all(handler, 200, {name: [*odd, rows[0]]}, headers=[("X-Total-Count", str(len(odd) + 1))])


LIES = {
    "offset ignored": offset_ignored, "page repeated": page_repeated, "count changing": count_changing,
    "count wrong": count_wrong, "html": html, "html as json": html_as_json, "wrong type": wrong_type,
    "endless": endless, "huge length": huge_length, "huge rows": huge_rows, "broken off": broken_off,
    "broken off once": broken_off_once, "redirected": redirected, "busy": busy, "busy thrice": busy_thrice,
    "forbidden": forbidden, "lost": lost, "deep": deep, "no page": json_of({"imsx_codeMajor": "failure"}),
    "a list": json_of([1, 2]), "rows that are none": json_of({"users": ["u1", 7]}),
    "an object of rows": json_of({"users": {"u1": {}}}), "cut json": json_of(b'{"users":[{"sourcedId":"u1"'),
    "more behind": json_of(b'{"users":[]} {}'), "empty": empty, "link without end": link_without_end,
    "link elsewhere": link_elsewhere, "empty page": empty_page, "count in words": count_in_words,
    "misshapen": misshapen,
}
