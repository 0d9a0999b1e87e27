# The suites of bin/test. Each writes `passed failed skipped` to $RESULTS/NAME.counts.

source "$ROOT/bin/lib/lint.sh"

suites=() # of this run
full=    # set by --full
isolation_mode=shared # set by --isolation-mode
pooler=               # set by --pooler

# Whether the suite runs without being named.
suite_exists() {
  case $1 in
    tsan) false ;;
    isolation) [[ -d $ROOT/tests/isolation ]] ;;
    e2e) [[ -d $ROOT/web/e2e ]] ;;
    *) true ;;
  esac
}

# What a suite computes before it tests.
prepare_isolation() { build_preset release terrace; }
prepare_unit() { build_preset asan tests; }
prepare_lint() { build_preset release terrace terrace_conformance && check_tidy; }

# Once a run, when the first suite begins that leaves a processor idle, or waits for servers, browsers or deadlines: what
# later suites of the run compute is done beside it.
begin_ahead() {
  local suite computing=()
  [[ ! -f $RUN/ahead.pid ]] || return 0
  for suite in "${suites[@]}"; do
    if [[ $suite == @(isolation|unit|lint) ]]; then computing+=("$suite"); fi
  done
  ((${#computing[@]} == 0)) || start_process ahead "$ROOT/bin/lib/compute_ahead" "${computing[@]}"
}

run_suite() {
  local suite=$1 began=$SECONDS status passed failed skipped
  say ""
  say "== $suite"
  # A suite that dies on its way (a build that fails) leaves this: one failure.
  echo 0 1 0 >"$RESULTS/$suite.counts"
  set +e
  (set -e; "suite_$suite")
  status=$?
  set -e
  if ((status)); then add_failure "the suite $suite" "It ended on its way, with $status: see above."; fi
  read -r passed failed skipped <"$RESULTS/$suite.counts"
  say "== $suite: $passed passed, $failed failed, $skipped skipped ($(elapsed "$began"))"
}

# run_counted SUITE KIND REPORT COMMAND…: runs the tests and counts what their report says. A run that failed has at
# least one failure, and so has a run without a test. What failed is said again at the end of all.
run_counted() {
  local suite=$1 kind=$2 report=$3 status=0 counts
  shift 3
  rm -rf "$report"
  "$@" || status=$?
  counts=$(python3 "$ROOT/bin/lib/count_results.py" "$kind" "$report" "$status" "$RESULTS/failures")
  echo "$counts" >"$RESULTS/$suite.counts"
}

add_failure() { printf '✗ %s\n%s\n\n' "$1" "$2" >>"$RESULTS/failures"; }

# check TITLE COMMAND…: one line when all is well, the output when not. Counts for the half of the suite that it is part of.
check() {
  local title=$1 log=$RESULTS/lint-$half.log began=$SECONDS status why
  shift
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  if ((status == 0)); then
    say "✓ $title ($(elapsed "$began"))"
    passed=$((passed + 1))
  else
    say "✗ $title"
    why=$(tail -n 60 "$log")
    printf '%s\n' "$why"
    add_failure "$title" "$why"
    failed=$((failed + 1))
  fi
}

# Prints what failed in the suites and why, how long all of it took since the script began, the names alone of what failed
# (the end is what one sees of a long log) and then the closing line, the sums of their `passed failed skipped`. Fails
# unless all is well.
print_sum() {
  local suite passed=0 failed=0 skipped=0 p f s
  for suite in "${suites[@]}"; do
    read -r p f s <"$RESULTS/$suite.counts"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  if [[ -s $RESULTS/failures ]]; then printf '\n== What failed\n\n%s\n' "$(<"$RESULTS/failures")"; fi
  say ""
  say "All of it took $(elapsed 0)."
  if [[ -s $RESULTS/failures ]]; then grep '^✗ ' "$RESULTS/failures"; fi
  printf '%d passed, %d failed' "$passed" "$failed"
  if ((skipped)); then printf ', %d skipped' "$skipped"; fi
  printf '\n'
  ((failed == 0))
}

# --- C++ ---

# The C++ tests migrate with passwords of their own for the roles, which are the whole cluster's.
use_cluster_alone() {
  stop_servers
  start_test_cluster
  trust_roles
}

# Each connection proves its password by 4,096 rounds of HMAC, a quarter of what these tests compute. The suites against
# the stack and the drills have PostgreSQL ask for it.
trust_roles() {
  as_postgres sed -i 's/^local all all scram-sha-256$/local all all trust/' "$(cluster_folder)/data/pg_hba.conf"
  "$PG_BIN/psql" -XAtq -d "$(cluster_url postgres)" -c 'select pg_reload_conf()' >/dev/null
}

start_test_cluster() {
  is_running postgres || step "Starting PostgreSQL" "$LOGS/cluster.log" start_cluster
  if [[ -n $pooler ]] && ! is_running pooler; then step "Starting PgBouncer" "$LOGS/pooler-start.log" start_pooler; fi
}

# What was freed is kept from being used again in 32 MB and not in 256, which stay in no cache: a sixth of the time.
readonly CACHEABLE=quarantine_size_mb=32:malloc_context_size=15
readonly SYMBOLIZER=/usr/lib/llvm-19/bin/llvm-symbolizer

# ctest_labelled PRESET LABEL OPTION…
ctest_labelled() {
  local preset=$1 label=$2
  shift 2
  ctest --test-dir "$ROOT/build/$preset" --label-regex "^($label)\$" --output-on-failure --no-tests=error "$@"
}

# exchanges_of LABEL OPTION…: the tests, then what their servers answered against the OpenAPI documents of those.
exchanges_of() {
  local folder=$ROOT/build/asan/exchanges/$1 status=0
  rm -rf "$folder"
  mkdir -p "$folder"
  TERRACE_EXCHANGES=$folder ctest_labelled asan "$@" || status=$?
  /usr/bin/python3 "$ROOT/tests/support/exchanges.py" "$folder" || status=$?
  return "$status"
}

# The test programs write their own reports; of the fuzz targets ctest does, a case a target.
ctest_and_replay() {
  local status=0
  # More than there are processors: most of the time the tests wait for deadlines and for PostgreSQL.
  exchanges_of unit -j 4 || status=$?
  ctest_labelled asan fuzz -j 2 --output-junit "$ROOT/build/asan/reports/fuzz.xml" || status=$?
  return "$status"
}

run_ctest() {
  local label=$1
  shift
  step "Building the C++ tests with sanitizers" "$LOGS/build-asan.log" prepare_unit
  begin_ahead
  use_cluster_alone
  ASAN_SYMBOLIZER_PATH=$SYMBOLIZER ASAN_OPTIONS=$CACHEABLE UBSAN_OPTIONS=print_stacktrace=1 \
    run_counted "$label" gtest "$ROOT/build/asan/reports" "$@"
}

suite_unit() { run_ctest unit ctest_and_replay; }
suite_api() { run_ctest api exchanges_of api -j 2; }

# The same tests under the thread sanitizer, one program at a time, since it is ten times slower and deadlines are not;
# then a storm of callers on a server that was built with it.
suite_tsan() {
  step "Building with the thread sanitizer" "$LOGS/build-tsan.log" build_preset tsan
  use_cluster_alone
  export TSAN_OPTIONS=external_symbolizer_path=$SYMBOLIZER:suppressions=$ROOT/tests/storm/tsan.suppressions
  run_counted tsan-tests gtest "$ROOT/build/tsan/reports" ctest_labelled tsan "unit|api"
  TERRACE_BIN=$ROOT/build/tsan/terrace run_pytest tsan-storm tests/storm
  # shellcheck disable=SC2046  # three numbers are wanted
  add_counts tsan $(cat "$RESULTS"/tsan-{tests,storm}.counts)
}

# add_counts SUITE [PASSED FAILED SKIPPED]…: the sum of its runs.
add_counts() {
  local suite=$1 passed=0 failed=0 skipped=0
  shift
  while (($#)); do
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    shift 3
  done
  echo "$passed $failed $skipped" >"$RESULTS/$suite.counts"
}

# --- the web app ---

suite_web() {
  begin_ahead
  cd "$ROOT/web"
  run_counted web jest "$RESULTS/jest.json" npm test --silent -- --ci --json --outputFile="$RESULTS/jest.json"
}

# --- against the running stack ---

# A DNS server on this machine, which the API asks about organisations' own domains (TERRACE_DNS_SERVER); tests publish
# records by writing files into its folder.
start_dns() {
  is_running dns && return 0
  mkdir -p "$TERRACE_TEST_DNS_RECORDS"
  start_process dns /usr/bin/python3 "$ROOT/tests/support/dns_server.py" "${TERRACE_DNS_SERVER##*:}" "$TERRACE_TEST_DNS_RECORDS"
}

ensure_stack() {
  start_dns
  if is_up; then return 0; fi
  stop_stack
  require_ports TERRACE_PORT TERRACE_API_PORT TERRACE_WEB_PORT
  step "Building the API" "$LOGS/build.log" build_preset release terrace
  begin_ahead
  web_is_built || step "Building the web app" "$LOGS/web-build.log" alone_in_clone web build_web
  step "Publishing the web app" "$LOGS/web-publish.log" alone_in_clone web publish_web
  start_test_cluster
  start_stack S
  if [[ -n ${TERRACE_NEW_TENANTS-} ]]; then
    step "Making a place for each tenant of the tests" "$LOGS/places.log" \
      "$TERRACE_BIN" tenant spare --isolation "$TERRACE_NEW_TENANTS" --count 120
  fi
}

run_pytest() {
  local suite=$1
  shift
  cd "$ROOT"
  # Debian's Python: its packages are the ones of deps/debian.txt.
  run_counted "$suite" junit "$RESULTS/$suite.xml" \
    /usr/bin/python3 -m pytest -q --junitxml="$RESULTS/$suite.xml" "$@"
}

suite_isolation() {
  [[ -d $ROOT/tests/isolation ]] || die "tests/isolation does not exist."
  ensure_stack
  if [[ -n $full ]]; then export TERRACE_TEST_FULL=1; fi
  run_pytest isolation-tests -n 2 --dist loadgroup tests/isolation
  check_mutants_absent
  if [[ -n $full ]]; then score_mutants && torture_pool; fi
  # shellcheck disable=SC2046  # three numbers are wanted of each
  add_counts isolation $(cat "$RESULTS"/isolation-*.counts)
}

# The slips of the preset `mutants` stand in no program that anybody runs.
check_mutants_absent() {
  local passed=0 failed=0 half=mutants
  check "no slip stands in the Release program" mutants_absent
  echo "$passed $failed 0" >"$RESULTS/isolation-absent.counts"
}

mutants_absent() {
  local names
  names=$(grep -rhoP '\bmutant\("\K[^"]+' "$ROOT/src")
  [[ -n $names ]] || die "No mutant(\"…\") stands in src/."
  ! grep -aoF -e TERRACE_MUTANT -f <(printf '%s\n' "$names") "$ROOT/build/release/terrace"
}

score_mutants() {
  step "Building the program with its slips" "$LOGS/build-mutants.log" build_preset mutants terrace
  cd "$ROOT"
  TERRACE_BIN=$ROOT/build/mutants/terrace run_counted isolation-slips junit "$RESULTS/isolation-slips.xml" \
    /usr/bin/python3 "$ROOT/tests/isolation/score.py" "$RESULTS/isolation-slips.xml"
}

# Without sanitizers there is time for many.
torture_pool() {
  step "Building the test of the pool" "$LOGS/build.log" build_preset release platform_db_unit_test
  use_cluster_alone
  TERRACE_TORTURE_UNITS=100000 run_counted isolation-pool gtest "$RESULTS/isolation-pool" \
    "$ROOT/build/release/platform_db_unit_test" --gtest_filter='Torture*' "--gtest_output=xml:$RESULTS/isolation-pool/"
}

# On a cluster and on ports of its own.
suite_conformance() {
  step "Building the conformance program" "$LOGS/build-conformance.log" build_preset release terrace_conformance
  TERRACE_CONFORMANCE_BIN=$ROOT/build/release/terrace_conformance run_pytest conformance -n 2 --dist loadgroup tests/conformance
}

# Three at a time, a file's tests one after the other: they wait more than they work, each with programs of its own. The
# drills come after the scripts, some of which compile: they measure deadlines.
suite_faults() {
  ensure_stack
  run_pytest faults-scripts -n 3 --dist loadfile tests/ops
  run_pytest faults-drills -n 3 --dist loadfile tests/faults
  # shellcheck disable=SC2046  # three numbers are wanted of each
  add_counts faults $(cat "$RESULTS"/faults-{scripts,drills}.counts)
}

suite_e2e() {
  [[ -d $ROOT/web/e2e ]] || die "web/e2e does not exist."
  ensure_stack
  check_page_sizes
  cd "$ROOT/web"
  local only=()
  if [[ $isolation_mode != shared ]]; then only=(a-day.spec.ts); fi
  PLAYWRIGHT_JSON_OUTPUT_FILE=$RESULTS/e2e.json run_counted e2e-pages playwright "$RESULTS/e2e.json" \
    npm run --silent e2e -- "${only[@]}" --reporter=list,json
  # shellcheck disable=SC2046  # three numbers are wanted of each
  add_counts e2e $(cat "$RESULTS"/e2e-{sizes,pages}.counts)
}

# Not a part of lint: that may run where the web app has never been built.
check_page_sizes() {
  local passed=0 failed=0 half=sizes
  check "no page of the desk sends more JavaScript than a phone should wait for" alone_in_clone web check_web size
  if ((passed)); then sed 's/^/    /' "$RESULTS/lint-sizes.log"; fi
  echo "$passed $failed 0" >"$RESULTS/e2e-sizes.counts"
}
