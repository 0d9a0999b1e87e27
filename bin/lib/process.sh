# Long-running programs, each remembered by a file `$RUN/NAME.pid` with its process id and start time. The start
# time tells our process from a stranger that got the same number later.

# Asked every few milliseconds where somebody waits, so it starts no program.
start_time_of() {
  local stat='' fields
  { read -rd '' stat <"/proc/$1/stat"; } 2>/dev/null || true # there is no NUL, so it always fails
  stat=${stat##*) } # behind the program's name, which may hold anything
  [[ $stat && $stat != Z* ]] || return 1
  read -ra fields <<<"$stat"
  printf '%s' "${fields[19]}"
}

# start_process NAME COMMAND…: in a session of its own (Ctrl-C reaches bin/up alone), its output in $LOGS/NAME.log,
# that of the run before in NAME.log.1.
start_process() {
  local name=$1 pid
  shift
  if [[ -s $LOGS/$name.log ]]; then mv "$LOGS/$name.log" "$LOGS/$name.log.1"; fi
  setsid "$@" >"$LOGS/$name.log" 2>&1 </dev/null 9>&- &
  pid=$!
  printf '%s %s\n' "$pid" "$(start_time_of "$pid" || echo gone)" >"$RUN/$name.pid"
}

# The process id, when the process still is the one that was started.
process_id() {
  local pid began
  read -r pid began 2>/dev/null <"$RUN/$1.pid" || return 1
  [[ $(start_time_of "$pid") == "$began" ]] || return 1
  printf '%s' "$pid"
}

is_running() { process_id "$1" >/dev/null; }

# stop_process NAME SIGNAL SECONDS: asks, waits, and kills what does not go.
stop_process() {
  local name=$1 signal=$2 seconds=$3 pid tries
  if pid=$(process_id "$name"); then
    kill -"$signal" "$pid" 2>/dev/null || true
    for ((tries = seconds * 20; tries > 0; tries--)); do
      is_running "$name" || break
      sleep 0.05
    done
    if is_running "$name"; then
      warn "$name did not stop in $seconds s and is killed"
      kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true
    fi
  fi
  rm -f "$RUN/$name.pid"
}

# end_process_group NAME: a process that start_process started, with all that it started itself.
end_process_group() {
  local name=$1 pid
  if pid=$(process_id "$name"); then kill -TERM -- "-$pid" 2>/dev/null || true; fi
  stop_process "$name" TERM 10
}

# wait_until NAME SECONDS COMMAND…: until the command succeeds; gives up at once when the process is gone.
wait_until() {
  local name=$1 seconds=$2 tries
  shift 2
  for ((tries = seconds * 10; tries > 0; tries--)); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    is_running "$name" || break
    sleep 0.1
  done
  tail -n 20 "$LOGS/$name.log" || true
  if is_running "$name"; then
    echo "$name did not answer within $seconds s"
  else
    echo "$name ended by itself (its log: $LOGS/$name.log)"
  fi
  return 1
}

is_listening() {
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

# The owner of a listening port as far as we may see it: ` (held by "nginx", process 4711)`.
port_holder() {
  command -v ss >/dev/null || return 0
  ss -Hltnp "sport = :$1" 2>/dev/null |
    sed -nE 's/.*users:\(\("([^"]+)",pid=([0-9]+).*/ (held by "\1", process \2)/p' | head -n 1
}

# require_ports VARIABLE…: each names a port that must be free; all that are not are reported.
require_ports() {
  local variable port taken=()
  for variable in "$@"; do
    port=${!variable}
    [[ $port =~ ^[0-9]+$ ]] && ((port > 0 && port < 65536)) || die "$variable is not a port: $port"
    if is_listening 127.0.0.1 "$port" || is_listening ::1 "$port"; then
      taken+=("Port $port is taken$(port_holder "$port"): stop that program, or set $variable to another port.")
    fi
  done
  ((${#taken[@]} == 0)) || die "Cannot start: a port is taken." "${taken[@]}"
}
