"""bin/bench: what its figures rest on, and what it says when it is misused. The measurements themselves run by hand."""

import json
import os
import socket
import sys

import pytest
from harness import ROOT
from support.ports import free_port

sys.path.insert(0, str(ROOT))

from bench.support import ids, pgbench, report, statements, stats, usage, wrk  # noqa: E402
from bench.support.capture import units_of  # noqa: E402
from bench.support.console import BenchError  # noqa: E402
from bench.support.settings import Settings  # noqa: E402

SET_TENANT = "select set_config('app.tenant_id', $1, true)"
LOCK = "select pg_catalog.pg_advisory_xact_lock_shared($1::bigint)"
CHECK = "select set_config('app.tenant_id', coalesce((select tenant_id::text from p where tenant_id = $1), ''), true)"


def test_a_percentile_is_a_value_that_was_seen():
    assert stats.percentile(range(1, 101), 99) == 99
    assert stats.percentile(range(1, 101), 50) == 50
    assert stats.percentile([3.0], 99) == 3.0
    assert stats.percentile([5, 1, 3], 50) == 3


def test_ratios_pair_the_rounds_so_a_slow_round_changes_nothing():
    assert stats.median_of_ratios([100, 10, 100], [10, 1, 10]) == 10
    # The ratio of medians would be 100 / 10 here.
    assert stats.median_of_ratios([100, 100, 10], [10, 20, 5]) == 5
    with pytest.raises(ValueError):
        stats.median_of_ratios([1, 2], [1])


def test_what_wrk_says_is_read_in_milliseconds_and_seconds():
    said = 'RESULT {"requests": 300, "duration": 2000000, "status_errors": 1, "timeouts": 0, "socket_errors": 0, '
    run = wrk.parse(f'Running\n{said}"p50": 1500, "p99": 9000, "max": 9500}}\n')
    assert (run.rate, run.p50, run.p99, run.status_errors) == (150, 1.5, 9, 1)
    with pytest.raises(BenchError):
        wrk.parse("unable to connect")


def test_the_memory_and_time_of_a_process_are_its_own():
    assert os.getpid() in usage.family(os.getpid())
    assert usage.cpu_seconds(os.getpid()) > 0
    assert 2**20 < usage.memory_bytes(os.getpid()) <= usage.peak_bytes(os.getpid())


def test_parameters_are_read_from_the_log_with_their_quotes_and_nulls():
    log = (
        "2026-01-01 00:00:00 UTC [7] LOG:  execute s1: select $1, $2, $3\n"
        "2026-01-01 00:00:00 UTC [7] DETAIL:  parameters: $1 = 'O''Neill, $2 = ''x''', $2 = NULL, $3 = ''\n"
    )
    assert [vars(each) for each in statements.parse(log)] == [
        {"sql": "select $1, $2, $3", "parameters": {1: "O'Neill, $2 = 'x'", 2: None, 3: ""}}
    ]


def test_a_unit_begins_with_its_header():
    asynchronous = "select set_config('synchronous_commit', 'off', true)"
    texts = [SET_TENANT, "select 1", LOCK, CHECK, "insert", asynchronous, LOCK, CHECK, "insert"]
    executed = [statements.Executed(text, {}) for text in texts]
    assert [[each.sql for each in unit] for unit in units_of(executed)] == [texts[:2], texts[2:5], texts[5:]]


def test_the_values_of_the_recorded_request_are_drawn_anew():
    tenant, patient = ids.tenant_id(1), ids.patient_id(1, 1)
    sample = pgbench.Sample(tenant=tenant, patient=patient, phone="9876543210")

    def sent(sql, *values):
        return pgbench.statement(statements.Executed(sql, dict(enumerate(values, 1))), sample)

    assert sent(SET_TENANT, tenant) == f"select set_config('app.tenant_id', '{ids.TENANT_PREFIX}' || :tenant, true)"
    assert sent("where id = $1", patient) == f"where id = ('{ids.PATIENT_PREFIX}' || :patient)::uuid"
    assert sent("$1, $2", None, "it's") == "null, 'it''s'"
    assert sent("$1", "rao 9876543210 <0123456789") == "('rao ' || :phone || ' <' || reverse(:phone::text) || '')"


def test_an_update_leaves_the_columns_that_the_request_does_not_change():
    condition = "where tenant_id = $1 and id = $2 and version = $3"
    sql = f"with changed as (update p set name = $4, city = $5 {condition} returning 1)"
    executed = statements.Executed(sql, {1: ids.tenant_id(1), 2: ids.patient_id(1, 1), 3: "1", 4: "Asha", 5: "Pune"})
    sent = pgbench.statement(executed, pgbench.Sample(ids.tenant_id(1), ids.patient_id(1, 1)), changed=["city"])
    assert "set name = name, city = 'Pune' where" in sent and "version = version returning" in sent


def test_the_load_that_is_kept_is_the_one_before_and_not_the_benchs_own(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "getloadavg", lambda: (7.32, 7.32, 7.32))  # when the scenario is over
    settings = Settings(home=tmp_path, binary="", previous="", quick=True, socket="", postmaster=0, api_port=0, peer_port=0,
                        origin_port=0, load_before="0.28")  # fmt: skip
    report.keep(settings, report.Result("api", "Reads and writes"))
    (kept,) = (tmp_path / "results").glob("*-api.json")
    assert json.loads(kept.read_text())["machine"]["load before"] == "0.28"
    assert "- load before: 0.28\n" in kept.with_suffix(".md").read_text()


def test_an_unknown_scenario_is_refused_with_the_known_ones(scripts):
    refused = scripts.run("bench", "speed")
    assert refused.returncode == 1
    assert '"speed"' in refused.stdout and "api search nested csv idle overload neighbour logins" in refused.stdout


def test_a_taken_port_is_named_with_its_variable(scripts):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = str(listener.getsockname()[1])
        refused = scripts.run("bench", TERRACE_BENCH_API_PORT=taken, TERRACE_BENCH_PEER_PORT=str(free_port()))
    assert refused.returncode == 1
    assert f"Port {taken} is taken" in refused.stdout and "TERRACE_BENCH_API_PORT" in refused.stdout


def test_a_missing_binary_is_named(scripts):
    ports = {"TERRACE_BENCH_API_PORT": str(free_port()), "TERRACE_BENCH_PEER_PORT": str(free_port())}
    refused = scripts.run("bench", TERRACE_BENCH_BIN="/nowhere/terrace", **ports)
    assert refused.returncode == 1 and "/nowhere/terrace" in refused.stdout
