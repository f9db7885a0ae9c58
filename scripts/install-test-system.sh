#!/bin/sh
# See to it that the tests have a browser and PostgreSQL's server. As root with apt they are installed, once; otherwise
# a line says what to install, and those tests are passed over. LOFTET_REQUIRE_ALL=1 makes that a failure.
set -eu

has_postgres() {
  for program in /usr/lib/postgresql/*/bin/initdb; do
    if [ -x "$program" ]; then return 0; fi
  done
  command -v initdb >/dev/null
}
look() {
  missing=""
  if [ ! -x /usr/bin/chromium ]; then missing="chromium"; fi
  if ! has_postgres; then missing="${missing:+$missing }postgresql"; fi
}

look
if [ -z "$missing" ]; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing $missing for the tests (once) …"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
  fi
  rm -f "$log"
  look
fi

for package in $missing; do
  echo "$package is missing: its tests are passed over. Install it with: apt-get install $package" >&2
done
if [ -n "$missing" ] && [ "${LOFTET_REQUIRE_ALL:-}" = 1 ]; then
  echo "LOFTET_REQUIRE_ALL=1: nothing may be passed over." >&2
  exit 1
fi
