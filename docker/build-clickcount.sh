#!/usr/bin/env bash
# Builds local/clickcount, the sample as an image, from this checkout. Run build-images.sh before.
set -euo pipefail

cd "$(dirname "$0")/.."
readonly CONTEXT=sample-clickcount/target

fail() {
  echo "build-clickcount.sh: $*" >&2
  exit 1
}

docker image inspect local/jre:17 >/dev/null 2>&1 || fail "no image local/jre:17. Run docker/build-images.sh first."
rm -rf "$CONTEXT/lib" # Jars of dependencies that were given up would stay.
./mvnw -q -B -Dquickly package </dev/null
said=$(DOCKER_BUILDKIT=0 docker build -t local/clickcount -f docker/Dockerfile.clickcount "$CONTEXT" 2>&1) || {
  echo "$said" >&2
  fail "docker could not build local/clickcount; its words are above."
}
echo "built local/clickcount"
