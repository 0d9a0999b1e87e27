# Puts Node.js 22 first on PATH where bin/setup has fetched it.
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)/.terrace-tools/node_modules
for folder in "$tools"/node-linux-*/bin; do
  if [[ -x $folder/node ]]; then PATH=$folder:$PATH; fi
done
