"""A person's requests go to whichever server has the time."""

from classroom import PASSWORD, administrator, at, is_in, signed_in
from fleet import Fleet


def test_a_session_begun_at_one_server_is_known_at_the_others(fleet: Fleet) -> None:
    administrator(fleet.servers[0], "ruth")
    for server in fleet.servers:
        person = signed_in(server, "ruth")
        for other in fleet.servers:
            assert is_in(at(other, person)), f"begun at {server.name}, asked at {other.name}"


def test_a_session_that_ended_at_one_server_has_ended_at_all(fleet: Fleet) -> None:
    administrator(fleet.servers[0], "dov")
    for server in fleet.servers:
        person = signed_in(fleet.others(server)[0], "dov")
        assert all(is_in(at(each, person)) for each in fleet.servers)
        # The door takes the cookie back; whoever has a copy of it is no better off.
        where, _ = at(server, person).post("/sign-out", [])
        assert where == "/sign-in?signed-out=1"
        for other in fleet.servers:
            assert not is_in(at(other, person)), f"ended at {server.name}, asked at {other.name}"


def test_ending_all_other_sessions_at_one_server_ends_them_at_all(fleet: Fleet) -> None:
    administrator(fleet.servers[0], "mira")
    first, second, third = fleet.servers
    here, elsewhere, phone = signed_in(first, "mira"), signed_in(second, "mira"), signed_in(third, "mira")
    where, _ = at(second, here).post("/account/sessions/end", [])
    assert where == "/account?news=sessions"
    for server in fleet.servers:
        assert is_in(at(server, here)), server.name
        assert not is_in(at(server, elsewhere)), server.name
        assert not is_in(at(server, phone)), server.name


def test_a_password_changed_at_one_server_is_the_password_at_all(fleet: Fleet) -> None:
    person = administrator(fleet.servers[0], "ida")
    changed = "copper meadow lantern swift"
    where, _ = at(fleet.servers[1], person).post(
        "/account/password", [("username", "ida"), ("old", PASSWORD), ("password", changed)])
    assert where == "/account?news=password"
    for server in fleet.servers:
        assert not is_in(at(server, person)), f"the session of before is still known at {server.name}"
        assert not server.visitor().sign_in("ida", PASSWORD), server.name
        signed_in(server, "ida", changed)
