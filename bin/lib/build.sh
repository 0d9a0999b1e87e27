# Builds: the API by CMake and Ninja, the web app by Next.js. Both do nothing when nothing changed.

# alone_in_clone PART COMMAND…: bin/up, bin/test and what that computes ahead may run at the same time. Of those that
# build the same part of the clone one builds and the others wait; different parts are built side by side.
alone_in_clone() {
  local part=$1
  shift
  mkdir -p "$ROOT/build"
  (
    flock -n 8 || { echo "waits for another build of this part: $part" && flock 8; }
    "$@"
  ) 8>"$ROOT/build/.lock-$part"
}

# build_preset PRESET [TARGET…]
build_preset() { alone_in_clone "$1" run_ninja "$@"; }

# Compilers and clang-tidy ask for much memory in small pieces: in huge pages a tenth of their time is saved.
readonly HUGE_PAGES=glibc.malloc.hugetlb=1

run_ninja() {
  local preset=$1
  shift
  # Ninja configures anew by itself, but does not look at what the preset says.
  [[ $ROOT/build/$preset/build.ninja -nt $ROOT/CMakePresets.json ]] || (cd "$ROOT" && cmake --preset "$preset")
  GLIBC_TUNABLES=$HUGE_PAGES ninja -C "$ROOT/build/$preset" "$@"
}

# Everything that the web build reads, as one hash.
web_stamp() {
  (
    cd "$ROOT/web"
    printf '%s\n' "$(node --version)" "${NEXT_PUBLIC_API_URL:-}"
    find . \( -name node_modules -o -name .next -o -name e2e -o -name test-results -o -name playwright-report \) -prune \
      -o -type f ! -name '*.tsbuildinfo' ! -name next-env.d.ts -print0 | sort -z | xargs -0 sha256sum
  ) | short_hash "$(cat)"
}

web_is_built() { [[ $(web_stamp) == "$(cat "$ROOT/web/.next/terrace-stamp" 2>/dev/null)" ]]; }

build_web() {
  local stamp
  stamp=$(web_stamp)
  rm -f "$ROOT/web/.next/terrace-stamp"
  (cd "$ROOT/web" && NODE_ENV=production npm run build)
  [[ -f $ROOT/web/.next/standalone/server.js ]] || { echo "web/.next/standalone/server.js is missing"; return 1; }
  printf '%s\n' "$stamp" >"$ROOT/web/.next/terrace-stamp"
}

# The running web app is a copy, so that a build for tests beside it never takes its files away.
publish_web() {
  local built=$ROOT/web/.next to=$TERRACE_HOME/web
  cmp -s "$built/terrace-stamp" "$to/terrace-stamp" && return 0
  rm -rf "$to"
  mkdir -p "$to/.next"
  cp -a "$built/standalone/." "$to/"
  cp -a "$built/static" "$to/.next/" # with the compressed copies that nginx sends
  if [[ -f $built/static-policies.conf ]]; then cp "$built/static-policies.conf" "$to/"; fi
  cp "$built/terrace-stamp" "$to/"
}
