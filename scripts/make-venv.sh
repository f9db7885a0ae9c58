#!/bin/sh
# Make the Python environment, or say in a sentence what is missing.
#   make-venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null; then
  echo "$python is missing. Install Debian's packages python3 and python3-venv." >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Löftet needs Python 3.11 or later, and $python is $("$python" -V | cut -d' ' -f2)." >&2
  echo "Point at another one: make PYTHON=python3.12 …" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "Python cannot make environments here. Install Debian's package python3-venv." >&2
  exit 1
fi
if [ ! -x "$folder/bin/python" ]; then
  "$python" -m venv "$folder"
fi
