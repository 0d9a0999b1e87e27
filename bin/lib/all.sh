# All parts of the shell library, in the order of their needs.
source "$(dirname "${BASH_SOURCE[0]}")/base.sh"
for part in env process packages node postgres build nginx stack; do
  source "$ROOT/bin/lib/$part.sh"
done
unset part
