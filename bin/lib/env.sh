# The environment of everything that Terrace starts: `.env`, defaults, the development secret, the database's URLs.

# Reads KEY=VALUE lines as they are (no shell expansion); what is set in the environment wins.
load_dotenv() {
  local file=$1 line name value
  [[ -f $file ]] || return 0
  while IFS= read -r line || [[ $line ]]; do
    [[ $line =~ ^(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
    if [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]]; then value=${BASH_REMATCH[1]}; fi
    [[ -v $name ]] || export "$name=$value"
  done <"$file"
}

load_environment() {
  [[ ${TERRACE_ENV:-development} == production ]] || load_dotenv "$ROOT/.env"
  set_environment
}

set_environment() {
  export TERRACE_ENV=${TERRACE_ENV:-development}
  export TERRACE_HOME=${TERRACE_HOME:-$ROOT/.terrace}
  [[ $TERRACE_HOME == /* ]] || TERRACE_HOME=$PWD/$TERRACE_HOME
  export TERRACE_PORT=${TERRACE_PORT:-8000}
  export TERRACE_API_PORT=${TERRACE_API_PORT:-8080}
  export TERRACE_WEB_PORT=${TERRACE_WEB_PORT:-3000}
  export TERRACE_LISTEN=${TERRACE_LISTEN:-127.0.0.1}
  if [[ ${TERRACE_TLS_CERTIFICATE:-} ]]; then
    [[ ${TERRACE_ORIGIN:-} == https://* ]] || die "With TERRACE_TLS_CERTIFICATE, TERRACE_ORIGIN is https://…"
    export TERRACE_TLS_CERTIFICATE TERRACE_TLS_KEY=${TERRACE_TLS_KEY:?} TERRACE_HTTP_PORT=${TERRACE_HTTP_PORT:-8001}
  fi
  export TERRACE_ORIGIN=${TERRACE_ORIGIN:-http://localhost:$TERRACE_PORT}
  export API_URL=${API_URL:-http://127.0.0.1:$TERRACE_API_PORT}
  LOGS=$TERRACE_HOME/log
  RUN=$TERRACE_HOME/run
  TERRACE_BIN=$ROOT/build/release/terrace
  export TERRACE_BIN
  export NEXT_TELEMETRY_DISABLED=1
}

prepare_home() {
  mkdir -p "$TERRACE_HOME" "$LOGS" "$RUN" 2>/dev/null && [[ -w $TERRACE_HOME && -w $LOGS && -w $RUN ]] ||
    die "Cannot write $TERRACE_HOME" "Give yourself the right to write there, or set TERRACE_HOME to another folder."
}

# One root secret a home, made once. Production brings its own.
load_secret() {
  local file=$TERRACE_HOME/secret
  if [[ -z ${TERRACE_SECRET:-} ]]; then
    [[ $TERRACE_ENV == development ]] || die "TERRACE_SECRET is not set; outside development it is not made up."
    if [[ ! -s $file ]]; then
      (umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$file")
    fi
    TERRACE_SECRET=$(<"$file")
  fi
  export TERRACE_SECRET
}

# url_as_role URL ROLE: the same database, signed in as another role and without a password.
url_as_role() {
  local base query=() part kept=()
  base=$(sed -E 's#^(postgres(ql)?://)[^/@?]*@#\1#' <<<"${1%%\?*}")
  if [[ $1 == *\?* ]]; then
    IFS='&' read -ra query <<<"${1#*\?}"
    for part in "${query[@]}"; do
      [[ $part == user=* || $part == password=* ]] || kept+=("$part")
    done
  fi
  kept+=("user=$2")
  printf '%s?%s' "$base" "$(IFS='&' && printf '%s' "${kept[*]}")"
}

# The administrator's URL is for migrate, tenant and seed; `serve` gets the two others, whose passwords it derives.
export_database_urls() {
  export DATABASE_URL=${DATABASE_URL:-$(cluster_url terrace)}
  export DATABASE_APP_URL=${DATABASE_APP_URL:-$(url_as_role "$DATABASE_URL" terrace_app)}
  export DATABASE_PLATFORM_URL=${DATABASE_PLATFORM_URL:-$(url_as_role "$DATABASE_URL" terrace_platform)}
}
