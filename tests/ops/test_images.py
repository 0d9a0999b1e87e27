"""deploy/docker: what the images are made of is all there. Docker itself builds them elsewhere."""

import re
import subprocess

from harness import ROOT
from support.stack import binary

DOCKER = ROOT / "deploy/docker"
# Only where TLS ends in nginx, which in the image it does not.
OF_TLS = {"TERRACE_HTTP_PORT", "TERRACE_TLS_CERTIFICATE", "TERRACE_TLS_KEY", "TERRACE_TLS_PORT_SUFFIX"}


def instructions(name):
    """As (stage, instruction, rest): of a stage without a name, the last, the stage is ''."""
    text = re.sub(r"^#.*\n", "", (DOCKER / name).read_text(), flags=re.MULTILINE)
    stage, found = None, []
    for line in re.sub(r"\\\n", " ", text).splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stage = rest.partition(" AS ")[2]
        if word:
            found.append((stage, word, rest))
    return found


def packages_installed(name, stage):
    """By the stage's own list, without what apt brings along for them."""
    commands = [command for at, word, rest in instructions(name) if (at, word) == (stage, "RUN") for command in rest.split("&&")]
    lists = [command.split("apt-get install")[1].split() for command in commands if "apt-get install" in command]
    return {word for words in lists for word in words if not word.startswith("-")}


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def packages_of_apt():
    """Every image of Debian has apt, and so what apt is linked to."""
    return set(re.findall(r"[a-z0-9.+-]+(?= \(|,|$)", output("dpkg-query", "-W", "-f=${Depends}", "apt")))


def libraries_linked(program):
    """The name of each library that the program names, not what those name in turn, and the file that it stands for."""
    named = re.findall(r"NEEDED\s+(\S+)", output("objdump", "-p", program))
    files = dict(re.findall(r"(\S+) => (/\S+)", output("ldd", program)))
    return {name: files[name] for name in named if name in files}  # the loader itself is a file without a name


def packages_of(files):
    """The packages that bring the files, by file. One below /lib may be called /usr/lib… by its package, and the reverse."""
    spellings = {f"{prefix}{file.removeprefix('/usr')}": file for file in files for prefix in ("", "/usr")}
    found = subprocess.run(["dpkg-query", "-S", *spellings], capture_output=True, text=True)
    owners = re.findall(r"^([^:\n]+).*?: (/.*)$", found.stdout, flags=re.MULTILINE)
    return {spellings[path]: package for package, path in owners}


def test_the_api_image_has_every_library_that_the_program_is_linked_to():
    libraries = libraries_linked(binary())
    assert {"libpq.so.5", "libc.so.6"} <= set(libraries)
    packages = packages_of(libraries.values())
    there = packages_installed("api.Dockerfile", "") | packages_of_apt()
    assert {name: packages[file] for name, file in libraries.items() if packages[file] not in there} == {}


def test_whatever_an_image_copies_from_the_clone_is_there():
    for name in ("api.Dockerfile", "web.Dockerfile"):
        copied = [rest.split()[:-1] for _, word, rest in instructions(name) if word == "COPY" and "--from=" not in rest]
        assert copied
        for pattern in (source for sources in copied for source in sources):
            assert list(ROOT.glob(pattern)), f"{name}: {pattern}"


def test_the_edge_image_fills_in_every_variable_of_the_templates():
    settings = [rest for stage, word, rest in instructions("web.Dockerfile") if (stage, word) == ("edge", "ENV")]
    given = set(re.findall(r"(\w+)=", " ".join(settings)))
    for script in (ROOT / "deploy/nginx").glob("*.envsh"):  # the image's entry point reads these first
        given |= set(re.findall(r"^export (\w+)", script.read_text(), flags=re.MULTILINE))
    wanted = set()
    for template in (ROOT / "deploy/nginx").glob("*.template"):
        text = re.sub(r"^#.*\n", "", template.read_text(), flags=re.MULTILINE)
        wanted |= set(re.findall(r"\$\{(TERRACE_\w+)\}", text))
    assert wanted - given == OF_TLS
