# Messages, timed steps and failures. Every script of bin/ sources this first.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT

say() { printf '%s\n' "$*"; }

warn() { printf '! %s\n' "$*" >&2; }

# die MESSAGE [HINT]…: one line that says what is wrong, then one a hint of what to do.
die() {
  printf '✗ %s\n' "$1" >&2
  shift
  local hint
  for hint in "$@"; do printf '  %s\n' "$hint" >&2; done
  exit 1
}

elapsed() {
  local seconds=$((SECONDS - $1))
  if ((seconds < 60)); then printf '%d s' "$seconds"; else printf '%d min %02d s' $((seconds / 60)) $((seconds % 60)); fi
}

# The running second counter of a step and the last line of its log; only where somebody watches.
show_progress() {
  local title=$1 log=$2 began=$3 last
  while sleep 1 && kill -0 $$ 2>/dev/null; do
    last=$(tail -c 400 "$log" 2>/dev/null | tr '\r' '\n' | grep '[^ ]' | tail -n 1 | tr -cd '[:print:]' | cut -c1-60) || last=
    printf '\r\033[K… %s (%s) %s' "$title" "$(elapsed "$began")" "$last"
  done
}

# step TITLE LOG COMMAND…: runs the command with its output in LOG; on failure shows the end of the log and exits.
step() {
  local title=$1 log=$2 began=$SECONDS watcher='' status
  shift 2
  : >"$log" || die "Cannot write $log" "Is the disk full, or the folder somebody else's?"
  if [[ -t 1 ]]; then
    show_progress "$title" "$log" "$began" &
    watcher=$!
  else
    printf '… %s\n' "$title"
  fi
  # Not `"$@" || …`: that would switch `set -e` off inside the command.
  set +e
  (set -e; "$@") >>"$log" 2>&1 </dev/null
  status=$?
  set -e
  if [[ $watcher ]]; then
    kill "$watcher" 2>/dev/null || true
    wait "$watcher" 2>/dev/null || true
    printf '\r\033[K'
  fi
  if ((status != 0)); then
    show_log_end "$log"
    die "$title failed after $(elapsed "$began"). The whole log: $log"
  fi
  printf '✓ %s (%s)\n' "$title" "$(elapsed "$began")"
}

show_log_end() {
  printf -- '--- the last lines of %s\n' "$1" >&2
  tail -n 25 "$1" >&2 || true
  printf -- '---\n' >&2
}

# The first eight hex digits of a text's SHA-256: a short name for a path.
short_hash() { printf '%s' "$1" | sha256sum | cut -c1-8; }

is_root() { ((EUID == 0)); }

require_free_space() {
  local folder=$1 megabytes=$2 free
  free=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
  ((free >= megabytes)) || die "Not enough disk space: $folder has $free MB free, $megabytes MB are needed."
}
