"""bin/setup: finds what is missing, says what it cannot do, does nothing twice."""

import os
import shutil
import subprocess

import pytest
from harness import ROOT


def test_a_second_setup_does_nothing(scripts):
    scripts.run("setup", timeout=600)
    again = scripts.run("setup")
    assert again.returncode == 0 and again.stdout == ""


def test_a_missing_package_without_root_is_named_with_the_command_that_mends_it(open_folder):
    if shutil.which("sudo"):
        pytest.skip("sudo is here, so that nothing would be refused")
    clone = open_folder / "clone"
    shutil.copytree(ROOT / "bin", clone / "bin")
    (clone / "deps").mkdir()
    (clone / "deps" / "debian.txt").write_text("[build]\nterrace-no-such-package >= 1.0\n")
    command = [str(clone / "bin" / "setup"), "build"]
    if os.getuid() == 0:
        clone.chmod(0o777)
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", *command]
    environment = {"PATH": os.environ["PATH"], "HOME": str(open_folder)}
    refused = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "needs root or sudo: terrace-no-such-package" in refused.stderr
    assert "apt-get install" in refused.stderr


@pytest.mark.parametrize(
    "line, missing",
    [
        ("bash", False),
        ("bash >= 1.0", False),
        ("bash >= 99.0", True),
        ("terrace-no-such-package", True),
        ("terrace-no-such-package unless bash", False),
        ("terrace-no-such-package unless terrace-no-such-command", True),
    ],
)
def test_the_package_list_knows_versions_and_alternatives(tmp_path, line, missing):
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    (tmp_path / "deps").mkdir()
    (tmp_path / "deps" / "debian.txt").write_text(f"# comment\n[build]\n{line}\n\n[test]\nterrace-other-section\n")
    listed = subprocess.run(
        ["bash", "-c", f'source "{tmp_path}/bin/lib/all.sh"; missing_packages build'], capture_output=True, text=True
    )
    assert bool(listed.stdout.strip()) == missing
