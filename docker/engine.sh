#!/usr/bin/env bash
# Makes sure that a Docker engine answers, and prints its address for DOCKER_HOST.
#
# Uses the engine there is. Where none answers, and only as root on a Debian, installs docker.io and
# starts dockerd by hand: build machines often have no init system and forbid services to start.
# Exits 1, with the reason on stderr, where no engine can be had.
set -euo pipefail

readonly SOCKET=unix:///var/run/docker.sock
readonly PID_FILE=/var/run/docker.pid
readonly LOG=/var/log/dockerd.log
readonly PACKAGES=(docker.io iptables busybox-static)
readonly START_SECONDS=60

fail() {
  echo "engine.sh: $*" >&2
  exit 1
}

answers() {
  command -v docker >/dev/null && DOCKER_HOST=$1 timeout 5 docker version >/dev/null 2>&1
}

install_packages() {
  dpkg -s "${PACKAGES[@]}" >/dev/null 2>&1 && return
  echo "engine.sh: installing ${PACKAGES[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null >/dev/null \
    && apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}" </dev/null >/dev/null \
    || fail "apt-get could not install ${PACKAGES[*]}. Install Docker by hand and run again."
}

# A killed engine leaves its pid file, and dockerd then refuses to start.
forget_dead_engine() {
  local pid
  pid=$(cat "$PID_FILE" 2>/dev/null) || return 0
  grep -qa dockerd "/proc/$pid/cmdline" 2>/dev/null || rm -f "$PID_FILE"
}

start() {
  forget_dead_engine
  setsid dockerd --host "$SOCKET" >"$LOG" 2>&1 </dev/null &
  local daemon=$! tenths
  for ((tenths = 0; tenths < START_SECONDS * 10; tenths++)); do
    answers "$SOCKET" && return
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$LOG" >&2
  fail "dockerd did not answer on $SOCKET within $START_SECONDS s; its log is $LOG."
}

wanted=${DOCKER_HOST:-$SOCKET}
if answers "$wanted"; then
  echo "$wanted"
  exit
fi
[ -z "${DOCKER_HOST-}" ] || [ "$DOCKER_HOST" = "$SOCKET" ] \
  || fail "no engine answers at DOCKER_HOST=$DOCKER_HOST. Start it, or unset DOCKER_HOST."
[ "$(id -u)" = 0 ] || fail "no engine answers, and only root can start one. Start Docker."
command -v apt-get >/dev/null || fail "no engine answers, and this is no Debian. Install Docker."
install_packages
start
echo "$SOCKET"
