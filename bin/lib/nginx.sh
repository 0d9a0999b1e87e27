# nginx: the one origin, from the templates of deploy/nginx.

render_nginx() {
  local to=$TERRACE_HOME/nginx template
  mkdir -p "$to"
  cp "$ROOT"/deploy/nginx/include/*.conf "$to/"
  export TERRACE_NGINX=$to TERRACE_NGINX_STATE=$to TERRACE_NGINX_PAGES=$ROOT/deploy/nginx/pages
  export TERRACE_STATIC=$TERRACE_HOME/web/.next/static
  export TERRACE_STATIC_POLICIES="$TERRACE_HOME/web/static-policies*.conf"  # a pattern: the file may be absent
  export TERRACE_API_UPSTREAM=127.0.0.1:$TERRACE_API_PORT TERRACE_WEB_UPSTREAM=127.0.0.1:$TERRACE_WEB_PORT
  source "$ROOT/deploy/nginx/trusted-proxies.envsh"
  export TERRACE_SCHEME=${TERRACE_ORIGIN%%://*}
  local base=${TERRACE_ORIGIN#*://}
  base=${base%%:*}
  export TERRACE_BASE_DOMAIN_PATTERN=${base//./\\.}  # for a regular expression
  # Workers read the web app's files, and a clone in /root is closed to every other user.
  export TERRACE_NGINX_USER=
  ! is_root || TERRACE_NGINX_USER='user root;'
  export TERRACE_ENTRANCE=plain TERRACE_LISTEN_ALSO=
  local options=default_server
  if serves_tls; then
    TERRACE_ENTRANCE=tls options='ssl http2 default_server'
    export TERRACE_TLS_PORT_SUFFIX=
    [[ ! $TERRACE_ORIGIN =~ :[0-9]+$ ]] || TERRACE_TLS_PORT_SUFFIX=${BASH_REMATCH[0]}
  fi
  # `localhost` is ::1 too, where the machine has it.
  if [[ $TERRACE_LISTEN == 127.0.0.1 ]] && grep -q '^0\{31\}1 ' /proc/net/if_inet6 2>/dev/null; then
    TERRACE_LISTEN_ALSO="listen [::1]:$TERRACE_PORT $options;"
  fi
  for template in "$ROOT"/deploy/nginx/*.template; do
    envsubst "$(printf '${%s} ' "${!TERRACE_@}")" <"$template" >"$to/$(basename "$template" .template)"
  done
}

serves_tls() { [[ ${TERRACE_TLS_CERTIFICATE:-} ]]; }

# Where nginx answers on this machine.
edge_url() {
  local scheme=http
  if serves_tls; then scheme=https; fi
  printf '%s://%s:%s' "$scheme" "${TERRACE_LISTEN/#0.0.0.0/127.0.0.1}" "$TERRACE_PORT"
}

nginx_program() { PATH=$PATH:/usr/sbin command -v nginx; }

start_nginx() {
  render_nginx
  "$(nginx_program)" -e stderr -t -q -c "$TERRACE_HOME/nginx/nginx.conf"
  start_process nginx "$(nginx_program)" -e stderr -c "$TERRACE_HOME/nginx/nginx.conf"
  wait_until nginx 20 answers "$(edge_url)/readyz"
  wait_until nginx 20 answers "$(edge_url)/"
}
