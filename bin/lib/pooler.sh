# PgBouncer in transaction mode before the tests' cluster, for bin/test --pooler: on the cluster's socket, beside its port.

readonly POOLER_PORT=6432

# With the passwords that PostgreSQL has of the roles: nobody's is written here.
pooler_settings() {
  local socket
  socket=$(cluster_socket)
  cat <<SETTINGS
[databases]
* = host=$socket port=5432
[pgbouncer]
listen_addr =
listen_port = $POOLER_PORT
unix_socket_dir = $socket
pool_mode = transaction
auth_type = scram-sha-256
auth_file = $socket/pooler.users
auth_user = postgres
max_client_conn = 1000
default_pool_size = 20
SETTINGS
}

start_pooler() {
  local socket
  socket=$(cluster_socket)
  pooler_settings | as_postgres tee "$socket/pooler.ini" >/dev/null
  as_postgres tee "$socket/pooler.users" >/dev/null <<<'"postgres" ""'
  cd /
  if is_root; then
    start_process pooler setpriv --reuid=postgres --regid=postgres --init-groups -- pgbouncer "$socket/pooler.ini"
  else
    start_process pooler pgbouncer "$socket/pooler.ini"
  fi
  wait_until pooler 20 "$PG_BIN/pg_isready" -q -h "$socket" -p "$POOLER_PORT" -U terrace_app
}

# through_pooler URL
through_pooler() { sed "s/port=5432/port=$POOLER_PORT/" <<<"$1"; }

export_pooler_urls() {
  export DATABASE_POOLER=transaction TERRACE_TEST_POOLER=$POOLER_PORT
  DATABASE_APP_URL=$(through_pooler "$DATABASE_APP_URL")
  DATABASE_PLATFORM_URL=$(through_pooler "$DATABASE_PLATFORM_URL")
}
