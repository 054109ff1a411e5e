"""The world of this test: one server on each kind of database, and a mail server."""

from collections.abc import Iterator

import pytest
from database import empty_database
from district import NewDistrict, running
from ledger import embedded, of_server
from office import Office
from post_office import PostOffice


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("district")
    with PostOffice(tmp_path_factory.mktemp("post-office")) as post:
        site = NewDistrict(folder, post)
        if request.param == "sqlite":
            with running(site):
                yield Office(site, embedded(folder))
            return
        with empty_database(folder) as database:
            site.environment |= database.settings
            with running(site):
                yield Office(site, of_server(database))
