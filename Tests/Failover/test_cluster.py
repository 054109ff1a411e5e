"""The cluster itself: what it promises to FirstBell."""

import pytest
from cluster import Cluster
from writers import Writers


def test_no_acknowledged_row_is_lost_when_the_primary_is_killed(
    cluster: Cluster, pytestconfig: pytest.Config, record_property
) -> None:
    """Back and forth, so that a server which was brought back is killed in its turn."""
    with Writers(cluster).writing() as writers:
        for number in range(pytestconfig.getoption("failovers")):
            writers.wait_for_more(200)
            dead = cluster.kill_primary()
            away = writers.wait_for_more(50)
            assert cluster.wait_for_primary(but=dead) is cluster.other(dead)
            writers.wait_for_more(50)
            cluster.bring_back(dead)
            print(f"failover {number + 1}: {dead.name} killed, written again after {away:.1f} s, "
                  f"{len(writers.acknowledged)} acknowledged, {len(writers.unanswered)} unanswered")
    writers.check()
