"""bin/lib/env.sh: what the programs get to know."""

import stat


def test_dotenv_lines_are_taken_as_they_are_and_the_environment_wins(scripts, tmp_path):
    (tmp_path / "settings").write_text(
        "# a comment\nPLAIN=one two\nQUOTED=\"a b\"\nexport EXPORTED='c'\nNOT_RUN=$(touch ran)\nTAKEN=file\nbroken line\n"
    )
    shown = scripts.shell(
        f'load_dotenv "{tmp_path}/settings"; printf "%s|" "$PLAIN" "$QUOTED" "$EXPORTED" "$NOT_RUN" "$TAKEN"',
        TAKEN="environment",
    )
    assert shown.stdout == "one two|a b|c|$(touch ran)|environment|"


def test_the_servers_urls_name_their_role_and_carry_no_password(scripts):
    def as_role(url):
        return scripts.shell(f"url_as_role '{url}' terrace_app").stdout

    assert as_role("postgresql:///terrace?host=/run/x&port=5432&user=postgres") == (
        "postgresql:///terrace?host=/run/x&port=5432&user=terrace_app"
    )
    assert as_role("postgres://admin:secret@db.example:6432/clinic?sslmode=require") == (
        "postgres://db.example:6432/clinic?sslmode=require&user=terrace_app"
    )
    assert as_role("postgresql://db.example/clinic?password=secret") == (
        "postgresql://db.example/clinic?user=terrace_app"
    )


def test_the_development_secret_is_made_once_and_closed_to_others(scripts):
    first = scripts.shell('prepare_home; load_secret; echo "$TERRACE_SECRET"').stdout
    second = scripts.shell('prepare_home; load_secret; echo "$TERRACE_SECRET"').stdout
    assert first == second and len(first.strip()) == 64
    assert stat.S_IMODE((scripts.home / "secret").stat().st_mode) == 0o600


def test_production_gets_no_made_up_secret(scripts):
    refused = scripts.shell("prepare_home; load_secret", TERRACE_ENV="production")
    assert refused.returncode == 1
    assert "TERRACE_SECRET is not set" in refused.stdout
