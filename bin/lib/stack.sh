# The programs of Terrace on this machine: start in order, wait until healthy, stop in reverse order.

readonly SERVICES=(postgres api web nginx)

# Over TLS the certificate names the public host, not this machine's address: only that there is an answer matters.
answers() { curl -fsS --insecure --noproxy '*' --max-time 5 -o /dev/null "$1"; }

start_api() {
  # The administrator's URL is none of its business; its folder keeps it from reading another `.env`.
  cd "$TERRACE_HOME"
  start_process api env -u DATABASE_URL "$TERRACE_BIN" serve
  wait_until api 30 answers "http://127.0.0.1:$TERRACE_API_PORT/readyz"
}

start_web() {
  cd "$TERRACE_HOME/web"
  # Longer than nginx keeps its connections (deploy/nginx/terrace.conf.template).
  start_process web env -u DATABASE_URL -u DATABASE_APP_URL -u DATABASE_PLATFORM_URL -u TERRACE_SECRET \
    NODE_ENV=production HOSTNAME=127.0.0.1 "PORT=$TERRACE_WEB_PORT" KEEP_ALIVE_TIMEOUT=30000 node server.js
  wait_until web 30 is_listening 127.0.0.1 "$TERRACE_WEB_PORT"
}

running_services() {
  local name
  for name in "${SERVICES[@]}"; do
    if is_running "$name"; then printf '%s\n' "$name"; fi
  done
}

is_up() {
  is_running nginx && is_running web && is_running api && answers "$(edge_url)/readyz" 2>/dev/null
}

stop_servers() {
  stop_process nginx TERM 10
  stop_process web TERM 10
  stop_process api TERM 30
}

stop_stack() {
  stop_servers
  stop_process postgres INT 30
}

# demo.json is written last. Without it a seed was cut off, or the database is older than TERRACE_HOME; then the program
# makes what is missing, unless there are clinics of one's own.
seed_when_missing() {
  local size=$1 tenants
  [[ $size != none ]] || return 0
  tenants=$(("$("$TERRACE_BIN" tenant list | wc -l)" - 1)) # below a line of headings
  if ((tenants > 0)) && [[ $TERRACE_ENV == production || -s $TERRACE_HOME/demo.json ]]; then return 0; fi
  "$TERRACE_BIN" seed --demo "$size"
}

# start_stack SIZE: everything from the database to nginx; SIZE is the demo to seed.
start_stack() {
  if uses_private_cluster && ! is_running postgres; then step "Starting PostgreSQL" "$LOGS/cluster.log" start_cluster; fi
  step "Migrating the database" "$LOGS/migrate.log" "$TERRACE_BIN" migrate
  step "Preparing the demo data" "$LOGS/seed.log" seed_when_missing "$1"
  step "Starting the API" "$LOGS/api-start.log" start_api
  step "Starting the web app" "$LOGS/web-start.log" start_web
  step "Starting nginx" "$LOGS/nginx-start.log" start_nginx
}

# Waits until one of our programs ends. Fails when it ended by itself, and returns when bin/down or another bin/up
# ended it: those hold the lock (descriptor 9), and they take the process's file away.
#
# The watching is a process of its own, so that this shell does nothing but wait: bash drops a Ctrl-C that comes while
# it runs a `$(…)` which then ends well, and the watcher runs one every few milliseconds of its round.
watch_services() {
  watch_in_turn &
  watcher=$!
  wait "$watcher"
}

stop_watching() {
  [[ ${watcher-} ]] || return 0
  disown "$watcher" 2>/dev/null || true # its end is no news
  kill -KILL "$watcher" 2>/dev/null || true
}

watch_in_turn() {
  local services=() name
  for name in "${SERVICES[@]}"; do
    if [[ -f $RUN/$name.pid ]]; then services+=("$name"); fi
  done
  while :; do
    for name in "${services[@]}"; do
      is_running "$name" && continue
      flock -n 9 && [[ -f $RUN/$name.pid ]] || return 0
      show_log_end "$LOGS/$name.log"
      die "$name ended by itself. The whole log: $LOGS/$name.log"
    done
    sleep 1
  done
}

print_sign_ins() {
  [[ -s $TERRACE_HOME/demo.json ]] || return 0
  say "  Demo sign-ins ($TERRACE_HOME/demo.json):"
  node -e '
    const { tenants } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const origin = new URL(process.argv[2]);
    for (const { slug, users } of tenants.slice(0, 3)) {
      console.log(`    ${origin.protocol}//${slug}.${origin.host}`);
      for (const { email, password, role } of users.slice(0, 4))
        console.log(`      ${email}  ${password}  (${role})`);
    }
  ' "$TERRACE_HOME/demo.json" "$TERRACE_ORIGIN"
}
