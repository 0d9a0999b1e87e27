# The suite lint of bin/test: the checks, and its two halves. Sourced by suites.sh, whose functions it uses.

list_cpp() { find "$ROOT/src" "$ROOT/tests" \( -name '*.cpp' -o -name '*.hpp' \) -print0; }

check_cpp_format() { list_cpp | xargs -0r clang-format-19 --dry-run --Werror; }

# From the root: ShellCheck looks for `$ROOT/bin/lib/…` below the folder that it runs in.
check_shell() {
  (cd "$ROOT" && shellcheck --severity=warning --check-sourced bin/{up,down,setup,test,bench,lint,fmt,fuzz,new,terrace} bin/lib/{compile,compute_ahead} .ci/run)
}

check_tidy() { GLIBC_TUNABLES=$HUGE_PAGES alone_in_clone tidy python3 "$ROOT/bin/lib/tidy.py" "$ROOT/build/release"; }

check_using() { python3 "$ROOT/bin/lib/unused_using.py"; }

check_excerpts() { python3 "$ROOT/bin/lib/doc_excerpts.py"; }

check_floors() {
  shopt -s nullglob
  python3 "$ROOT/bin/lib/floors.py" "$ROOT"/{deps/floors.json,web/package-lock.json} "$ROOT"/bench/peers/*/package-lock.json
}

check_dependencies() { python3 "$ROOT/bin/lib/doc_dependencies.py" "$ROOT"; }

check_links() { python3 "$ROOT/bin/lib/doc_links.py" "$ROOT"; }

check_openapi() { diff <("$TERRACE_BIN" openapi) "$ROOT/web/openapi.json"; }

# Against the document of the last release: docs/api/README.md.
check_openapi_breaks() { python3 "$ROOT/bin/lib/openapi_breaking.py" "$(list_releases | tail -n 1)" "$ROOT/web/openapi.json"; }

list_releases() { printf '%s\n' "$ROOT"/docs/api/*.json | sort -V; }

check_web() { (cd "$ROOT/web" && npm run --silent "$1"); }

lint_programs() {
  check "C++ is formatted" check_cpp_format
  check "clang-tidy finds nothing" check_tidy
  check "every using-declaration is used" check_using
  check "ShellCheck finds nothing" check_shell
  check "every example of the documents stands in its file" check_excerpts
  check "no package is below its floor" check_floors
  check "every link of the documents leads somewhere" check_links
  check "every package has its line in docs/dependencies.md" check_dependencies
  check "web/openapi.json is what the API says" check_openapi
  check "web/openapi.json breaks no program of the last release" check_openapi_breaks
}

lint_web() {
  check "the web app is formatted" check_web format:check
  check "ESLint finds nothing" check_web lint
  check "TypeScript finds nothing" check_web typecheck
  check "Spectral and Redocly find nothing in web/openapi.json" check_web openapi:lint
  check "Squawk finds nothing in the migrations" check_web migrations:lint
  check "the web app's types are those of web/openapi.json" check_web types:check
  check "a field renamed in C++ breaks the web app's build" check_web types:rename
  check_web untranslated # fails nothing: what waits for its Hindi is listed
}

lint_half() {
  local half=$1 passed=0 failed=0
  "lint_$half"
  echo "$passed $failed 0" >"$RESULTS/lint-$half.counts"
}

# Both halves at once: most checks keep one processor busy.
suite_lint() {
  step "Building the API" "$LOGS/build.log" build_preset release terrace terrace_conformance
  lint_half web >"$RESULTS/lint-web.txt" &
  lint_half programs
  wait $!
  cat "$RESULTS/lint-web.txt"
  # shellcheck disable=SC2046  # three numbers are wanted of each
  add_counts lint $(cat "$RESULTS"/lint-{programs,web}.counts)
}
