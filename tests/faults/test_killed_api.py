"""`kill -9` of the API: what it had acknowledged stands, once; what it had not can be sent again."""

import pytest

from support.waiting import eventually
from writers import Writers, assert_each_write_stands_once


@pytest.mark.parametrize("round", range(4))
def test_no_acknowledged_write_is_lost_or_doubled(server, clinic, admin, round):
    with Writers(clinic) as writers:
        eventually(lambda: len(writers.acknowledged) >= 40 + 17 * round, 30, "writes are acknowledged")
        server.kill()
    server.start()
    assert_each_write_stands_once(clinic, admin, writers.writes)


def test_a_session_outlives_the_process(server, clinic):
    made = clinic.new_patient()
    server.kill()
    server.start()
    assert clinic.client.get(f"/api/v1/patients/{made['id']}").json() == made
