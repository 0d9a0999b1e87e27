# Debian packages of deps/debian.txt: what is missing, and its installation without starting any service.

# missing_packages SECTION…: the names that are absent or too old.
missing_packages() {
  local section="" name operator version wanted=" $* "
  read_installed_packages
  while read -r name operator version _; do
    case $name in
      '' | '#'*) continue ;;
      '['*) section=${name//[\[\]]/} && continue ;;
    esac
    [[ $wanted == *" $section "* ]] || continue
    if [[ $operator == unless ]]; then
      ! command -v "$version" >/dev/null || continue
      version=
    fi
    has_package "$name" "${version:-}" || printf '%s\n' "$name"
  done <"$ROOT/deps/debian.txt"
}

# dpkg reads all that it knows at each question, so it is asked once.
declare -A installed_packages=()

# Reads anew what is installed: `installed_packages[NAME]` is its version.
read_installed_packages() {
  local name status version
  installed_packages=()
  while read -r name status version; do
    if [[ $status == installed ]]; then installed_packages[$name]=$version; fi
  done < <(dpkg-query -W -f='${Package} ${db:Status-Status} ${Version}\n')
}

# has_package NAME MINIMUM: of those that were installed when they were read; an empty minimum is any version.
has_package() {
  local installed=${installed_packages[$1]-}
  [[ $installed ]] || return 1
  [[ -z $2 || $installed == "$2" ]] || dpkg --compare-versions "$installed" ge "$2"
}

as_root() { if is_root; then "$@"; else sudo "$@"; fi; }

require_root_or_sudo() {
  is_root || command -v sudo >/dev/null ||
    die "These packages are missing and installing them needs root or sudo: $*" \
      "As root: apt-get install --no-install-recommends $*"
}

readonly POLICY=/usr/sbin/policy-rc.d
readonly NO_CLUSTER=/etc/postgresql-common/createcluster.d/terrace.conf

# While packages are installed no service may start and PostgreSQL makes no cluster of its own.
hold_services() {
  if [[ -e $POLICY && ! -e $POLICY.before-terrace ]]; then as_root mv "$POLICY" "$POLICY.before-terrace"; fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
  as_root chmod 755 "$POLICY"
  as_root mkdir -p "$(dirname "$NO_CLUSTER")"
  echo 'create_main_cluster = false' | as_root tee "$NO_CLUSTER" >/dev/null
}

release_services() {
  as_root rm -f "$POLICY" "$NO_CLUSTER"
  if [[ -e $POLICY.before-terrace ]]; then as_root mv "$POLICY.before-terrace" "$POLICY"; fi
}

# A server that came by us shall not start at the next boot either.
keep_from_boot() {
  command -v systemctl >/dev/null || return 0
  local unit
  for unit in "$@"; do as_root systemctl disable --quiet "$unit" 2>/dev/null || true; done
}

install_packages() {
  local units=()
  dpkg-query -W nginx-common >/dev/null 2>&1 || units+=(nginx)
  dpkg-query -W postgresql-common >/dev/null 2>&1 || units+=(postgresql)
  dpkg-query -W pgbouncer >/dev/null 2>&1 || units+=(pgbouncer)
  trap release_services EXIT
  hold_services
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
  keep_from_boot "${units[@]}"
  release_services
  trap - EXIT
}

# setup_packages SECTION…
setup_packages() {
  local missing
  command -v dpkg-query >/dev/null || die "This is not Debian: Terrace is built on Debian 12 (bookworm)."
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  require_root_or_sudo "${missing[@]}"
  if ! is_root; then sudo -v; fi
  step "Installing ${#missing[@]} Debian packages" "$LOGS/packages.log" install_packages "${missing[@]}"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) ||
    die "Debian's packages are too old or did not install: ${missing[*]}" \
      "Are bookworm-updates and bookworm-security among the sources of apt?"
}
