# The private PostgreSQL 15 cluster: a UNIX socket only, the administrator by the system's user names, all other
# roles by password. As root it runs as the `postgres` user, since PostgreSQL refuses root.

PG_BIN=/usr/lib/postgresql/15/bin

as_postgres() {
  if is_root; then
    setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  else
    "$@"
  fi
}

# Below TERRACE_HOME, or below /var/lib/terrace where the `postgres` user cannot enter that (a clone in /root).
cluster_folder() {
  local fallback
  fallback=/var/lib/terrace/$(short_hash "$TERRACE_HOME")
  if is_root && [[ -d $fallback ]]; then
    printf '%s' "$fallback"
  elif is_root && id postgres >/dev/null 2>&1 && ! as_postgres test -x "$TERRACE_HOME" 2>/dev/null; then
    printf '%s' "$fallback"
  else
    printf '%s/postgres' "$TERRACE_HOME"
  fi
}

# A socket's path may have 107 characters, so it does not lie in TERRACE_HOME.
cluster_socket() {
  local folder=/run/terrace
  is_root || folder=${XDG_RUNTIME_DIR:-/tmp}/terrace-$(id -u)
  printf '%s/%s' "$folder" "$(short_hash "$TERRACE_HOME")"
}

cluster_url() { printf 'postgresql:///%s?host=%s&port=5432&user=postgres' "$1" "$(cluster_socket)"; }

uses_private_cluster() { [[ $DATABASE_URL == "$(cluster_url terrace)" ]]; }

create_cluster() {
  local folder=$1
  install -d -m 755 "$(dirname "$folder")" "$folder"
  if is_root; then chown postgres: "$folder"; fi
  # initdb reads its working directory, and the clone may be closed to `postgres`.
  (cd / && as_postgres "$PG_BIN/initdb" -D "$folder/data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=peer \
    --data-checksums --no-instructions)
  write_cluster_settings "$folder/data"
}

write_cluster_settings() {
  local data=$1
  as_postgres tee -a "$data/postgresql.conf" >/dev/null <<SETTINGS

# Terrace
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
${TERRACE_CLUSTER_SETTINGS:-}
SETTINGS
  as_postgres tee "$data/pg_hba.conf" >/dev/null <<HBA
local all postgres peer map=terrace
local all all scram-sha-256
HBA
  printf 'terrace %s postgres\n' postgres root "$(id -un)" | sort -u |
    as_postgres tee "$data/pg_ident.conf" >/dev/null
}

make_socket_folder() {
  local socket parent
  socket=$(cluster_socket)
  parent=$(dirname "$socket")
  install -d -m "$(is_root && echo 755 || echo 700)" "$parent" "$socket"
  [[ -O $parent && ! -L $parent ]] || { echo "$parent belongs to somebody else"; return 1; }
  if is_root; then chown postgres: "$socket"; fi
}

start_cluster() {
  local folder
  folder=$(cluster_folder)
  if ! as_postgres test -s "$folder/data/pg_ident.conf"; then
    remove_cluster
    create_cluster "$folder"
  fi
  make_socket_folder
  cd /
  if is_root; then
    start_process postgres setpriv --reuid=postgres --regid=postgres --init-groups -- \
      "$PG_BIN/postgres" -D "$folder/data" -k "$(cluster_socket)"
  else
    start_process postgres "$PG_BIN/postgres" -D "$folder/data" -k "$(cluster_socket)"
  fi
  wait_until postgres 60 "$PG_BIN/pg_isready" -q -h "$(cluster_socket)" -U postgres
  create_database terrace
}

create_database() {
  "$PG_BIN/psql" -XAt -d "$(cluster_url postgres)" -v ON_ERROR_STOP=1 -v name="$1" <<'SQL'
select format('create database %I', :'name') where not exists (select from pg_database where datname = :'name')
\gexec
SQL
}

remove_cluster() {
  local folder
  folder=$(cluster_folder)
  rm -rf "$folder/data"
  rmdir "$folder" 2>/dev/null || true
  rm -rf "$(cluster_socket)"
}

say_where_cluster_is() {
  local folder
  uses_private_cluster || return 0
  folder=$(cluster_folder)
  [[ $folder == "$TERRACE_HOME"/* ]] ||
    say "  The user postgres cannot enter $TERRACE_HOME: the database lies in $folder"
}
