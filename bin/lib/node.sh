# Node.js 22 or newer, and the web app's npm packages.

readonly TOOLS=$ROOT/.terrace-tools

# Puts a Node.js that is new enough first on PATH: the machine's own, or the one in the tools folder.
use_node() {
  if [[ $(node_major) -lt 22 ]]; then
    PATH=$TOOLS/node_modules/node-linux-$(node_machine)/bin:$PATH
  fi
}

node_major() {
  local version
  version=$(node --version 2>/dev/null) || version=v0
  version=${version#v}
  printf '%s' "${version%%.*}"
}

node_machine() {
  case $(uname -m) in
    x86_64) printf x64 ;;
    aarch64) printf arm64 ;;
    *) printf '%s' "$(uname -m)" ;;
  esac
}

setup_node() {
  use_node
  [[ $(node_major) -ge 22 ]] && return 0
  mkdir -p "$TOOLS"
  step "Fetching Node.js 22" "$LOGS/node.log" \
    npm install --prefix "$TOOLS" --no-audit --no-fund --no-save "node-linux-$(node_machine)@22"
  hash -r
  [[ $(node_major) -ge 22 ]] || die "Node.js 22 did not arrive in $TOOLS" "See $LOGS/node.log"
}

# Names, versions and integrity of a lock file; the rest of it differs between releases of npm.
lock_facts() {
  node -e '
    const { packages } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    for (const [path, entry] of Object.entries(packages))
      if (path) console.log(path, entry.version, entry.integrity ?? "");
  ' "$1" | LC_ALL=C sort
}

npm_stamp() { cat "$ROOT/web/package.json" "$ROOT/web/package-lock.json" | sha256sum; }

# `npm install`, not `npm ci`: that refuses a lock which lacks packages for other platforms. Which of those npm adds to the
# lock, or leaves out, depends on what the registry has that day; what must hold is that each package on disk is the locked
# one, so npm's own record of what it installed is held against the committed lock.
install_npm_packages() {
  local web=$ROOT/web kept unlocked
  kept=$(mktemp)
  cp "$web/package-lock.json" "$kept"
  (cd "$web" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-audit --no-fund)
  mv "$kept" "$web/package-lock.json"
  unlocked=$(LC_ALL=C comm -13 <(lock_facts "$web/package-lock.json") <(lock_facts "$web/node_modules/.package-lock.json"))
  if [[ $unlocked ]]; then
    printf 'npm installed what web/package-lock.json does not name:\n%s\n' "$unlocked"
    return 1
  fi
  npm_stamp >"$web/node_modules/.terrace-stamp"
}

setup_npm_packages() {
  [[ -f $ROOT/web/package-lock.json ]] || return 0
  [[ $(npm_stamp) == "$(cat "$ROOT/web/node_modules/.terrace-stamp" 2>/dev/null)" ]] && return 0
  step "Installing the web app's npm packages" "$LOGS/npm.log" alone_in_clone npm install_npm_packages
}
