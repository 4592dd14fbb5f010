#!/usr/bin/env bash
# Runs docker/compose.yaml, kills the job with SIGKILL again and again while it counts, and exits as
# the verifier judges: 0 if each page and window was counted exactly. Removes everything at the end.
# Run engine.sh, build-images.sh and build-clickcount.sh before.
# Usage: docker/kill-job.sh [KILLS]
set -euo pipefail

cd "$(dirname "$0")"
readonly KILLS=${1:-3}
readonly CHECKPOINTS_BETWEEN=3
readonly WAIT_SECONDS=120
readonly VERIFIER_TRIES=3

say() {
  printf '[%s] %s\n' "$(date +%T)" "$*"
}

compose() {
  docker-compose -p weir-kill-job -f compose.yaml "$@"
}

checkpoints() {
  compose logs --no-color job 2>/dev/null | grep -c 'checkpoint [0-9]* completed' || true
}

# Returns when the job has completed some checkpoints more than the given number.
await_checkpoints() {
  local deadline=$((SECONDS + WAIT_SECONDS))
  until [ "$(checkpoints)" -ge $(($1 + CHECKPOINTS_BETWEEN)) ]; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      compose logs --no-color --tail=40 job
      say "the job completed no $CHECKPOINTS_BETWEEN checkpoints in $WAIT_SECONDS s; its log is above"
      exit 1
    fi
    sleep 0.5
  done
}

down() {
  compose down -v >/dev/null 2>&1
}

down
trap down EXIT
compose up -d generator job 2>&1 | grep -i error || true
for ((kill = 1; kill <= KILLS; kill++)); do
  await_checkpoints "$(checkpoints)"
  compose exec -T job killall -9 java
  say "killed the job, $kill of $KILLS, after $(checkpoints) checkpoints"
done

# 3 is what the sample ends with when Kafka was too slow to answer; that is no verdict.
for ((try = 1; try <= VERIFIER_TRIES; try++)); do
  verdict=0
  compose run --rm verifier 2>/dev/null || verdict=$?
  [ "$verdict" = 3 ] || break
done
say "the job was restarted $(docker inspect -f '{{.RestartCount}}' "$(compose ps -q job)") times"
exit "$verdict"
