"""`kill -9` of the API: what it had acknowledged stands, once; what it had not can be sent again."""

from drill import Footprint
from samples import Window
from support.waiting import eventually
from writers import Writers, assert_each_write_stands_once, keep_calling, warm_up

KILLS = 4


def test_kill_9_of_the_api_under_load(server, clinic, admin, drill):
    """A write that was acknowledged stands; one that was sent again under its key has one effect."""
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    with Writers(clinic) as writers:
        eventually(lambda: len(writers.acknowledged) >= 40, 30, "writes are acknowledged")
        with Window() as fault:
            for kill in range(KILLS):
                if kill > 0:
                    before = len(writers.acknowledged)
                    eventually(lambda: len(writers.acknowledged) >= before + 17, 10, "writes are acknowledged again")
                server.kill()
                server.start()
        keep_calling(fault, writers)
    assert writers.statuses() <= {201, 503, 0}
    drill.judge(writers.samples, fault)
    found = assert_each_write_stands_once(clinic, admin, writers.writes)
    drill.count(found.acknowledged, found.lost, found.doubled)
    drill.assert_back_to_base(server.process.pid, base)


def test_a_session_outlives_the_process(server, clinic):
    made = clinic.new_patient()
    server.kill()
    server.start()
    assert clinic.client.get(f"/api/v1/patients/{made['id']}").json() == made
