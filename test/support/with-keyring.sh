#!/bin/sh
# Runs a command in a D-Bus session of its own with a gnome-keyring in a throw-away home:
#   with-keyring.sh unlocked|locked COMMAND [ARGUMENT...]
# 'locked' starts the daemon without a password: a new home then has no collection to keep secrets in, and one that
# an 'unlocked' run left in KEYRING_HOME stays shut.
# Needs gnome-keyring-daemon and dbus-run-session (Debian: gnome-keyring, dbus).
set -eu
state=$1
shift
if [ -n "${KEYRING_HOME:-}" ]; then
  home=$KEYRING_HOME
else
  home=$(mktemp -d)
  trap 'rm -rf "$home"' EXIT
fi
mkdir -p -m 700 "$home/run" "$home/data" "$home/config" "$home/cache"
rm -rf "$home/run/keyring"
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config"
export XDG_CACHE_HOME="$home/cache" KEYRING_STATE="$state"
# Without a display nothing can ask for a password, and a bus of another session must not be found.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

dbus-run-session -- sh -c '
  # The daemon stays in the foreground of this background job, so that it can be ended by its own id.
  if [ "$KEYRING_STATE" = unlocked ]; then
    printf throw-away | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
  else
    gnome-keyring-daemon --foreground --components=secrets </dev/null >/dev/null 2>&1 &
  fi
  daemon=$!
  tries=0
  until [ -S "$XDG_RUNTIME_DIR/keyring/control" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 100 ] || { echo "gnome-keyring-daemon did not start" >&2; exit 70; }
    sleep 0.1
  done
  code=0
  "$@" || code=$?
  kill "$daemon" 2>/dev/null || true
  wait "$daemon" 2>/dev/null || true
  exit "$code"
' sh "$@"
