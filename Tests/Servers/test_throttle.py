"""Wrong passwords, wherever they are tried, are counted in one place."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from classroom import PASSWORD, administrator
from fleet import Fleet, Server

REFUSED, WAIT = 422, 429


def test_tries_spread_over_all_servers_are_as_few_as_at_one(fleet: Fleet) -> None:
    for name in ("ruth", "dov"):
        administrator(fleet.servers[0], name)
    at_one = [guess(fleet.servers[0], "ruth") for _ in range(9)]
    assert at_one == [REFUSED] * 5 + [WAIT] * 4
    assert [guess(server, "dov") for server in islice(cycle(fleet.servers), 9)] == at_one
    for server in fleet.servers:
        # Even the right password has to wait, the same time everywhere.
        answer = server.visitor().send("POST", "/sign-in", [("username", "dov"), ("password", PASSWORD)])
        assert answer.status == WAIT
        assert 0 < int(answer.headers["Retry-After"]) <= 15


def test_tries_at_all_servers_at_the_same_time_are_no_more(fleet: Fleet) -> None:
    administrator(fleet.servers[0], "mira")
    with ThreadPoolExecutor(12) as people:
        answers = list(people.map(lambda server: guess(server, "mira"), islice(cycle(fleet.servers), 36)))
    assert sorted(answers) == [REFUSED] * 5 + [WAIT] * 31


def test_a_name_that_nobody_has_is_counted_alike(fleet: Fleet) -> None:
    answers = [guess(server, "nobody-here") for server in islice(cycle(fleet.servers), 7)]
    assert answers == [REFUSED] * 5 + [WAIT] * 2


def guess(server: Server, username: str) -> int:
    form = [("username", username), ("password", "not the password at all")]
    return server.visitor().send("POST", "/sign-in", form).status
