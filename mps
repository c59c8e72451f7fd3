#!/bin/sh
# MPS Bureau, une seule commande : trouve Python, puis confie tout à installer/bootstrap.py.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
for candidate in "${MPS_PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
    [ -n "$candidate" ] || continue
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" "$here/installer/bootstrap.py" "$@"
    fi
done
echo "MPS Bureau demande Python 3.11 ou plus récent. Sur Debian ou Ubuntu : sudo apt-get install -y python3 python3-venv" >&2
exit 1
