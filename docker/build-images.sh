#!/usr/bin/env bash
# Builds the local images from the installed JDK and Maven Central's jars; asks no image registry.
#
#   local/jre:17            bash, busybox and a jlink runtime, FROM scratch
#   local/kafka:<version>   a drop-in for apache/kafka in tests, on local/jre
#
# Does nothing when both were built from the same inputs. Needs a Docker engine, a JDK with jlink and
# busybox-static (engine.sh installs it), on a Linux with glibc.
# Usage: docker/build-images.sh [--force]
set -euo pipefail

cd "$(dirname "$0")"
readonly OUT=$PWD/target
readonly ROOT=$OUT/jre/rootfs
readonly MODULES=java.base,java.logging,java.management,java.management.rmi,java.naming,\
java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml,java.instrument,\
java.compiler,java.desktop,jdk.unsupported,jdk.management,jdk.management.agent,jdk.crypto.ec,\
jdk.jfr,jdk.jcmd,jdk.attach,jdk.zipfs,jdk.httpserver,jdk.net # log4j needs java.desktop's beans

fail() {
  echo "build-images.sh: $*" >&2
  exit 1
}

# The newest Java 17 there is: the image is named after it.
find_jdk() {
  local jlink candidate
  jlink=$(readlink -f "$(command -v jlink || true)")
  for candidate in "${JAVA_HOME-}" "${jlink%/bin/jlink}" /usr/lib/jvm/*17*; do
    grep -qs 'JAVA_VERSION="17' "$candidate/release" && [ -x "$candidate/bin/jlink" ] || continue
    echo "$candidate"
    return
  done
  fail "no JDK 17 with jlink at JAVA_HOME, on PATH or in /usr/lib/jvm. Install one."
}

kafka=$(sed -n 's#.*<kafka.version>\(.*\)</kafka.version>.*#\1#p' ../pom.xml)
[ -n "$kafka" ] || fail "no <kafka.version> in pom.xml."
jdk=$(find_jdk)
# What the images are made from; kept on them as a label.
inputs=$({
  cat build-images.sh Dockerfile.jre Dockerfile.kafka kafka/*
  echo "$kafka"
  "$jdk/bin/java" -version 2>&1
} | sha256sum | cut -c1-16)

is_current() {
  [ "$(docker image inspect -f '{{index .Config.Labels "inputs"}}' "$1" 2>/dev/null)" = "$inputs" ]
}

# Copies the shared libraries that these programs load.
copy_libraries() {
  {
    ldd "$ROOT/bin/bash" "$ROOT/opt/java/bin/java"
    find "$ROOT/opt/java/lib" -name '*.so' -exec ldd {} +
  } 2>/dev/null | awk '/=> \//{print $3} /^\t\/lib/{print $1}' | grep -v /opt/java/ | sort -u \
    | xargs -I{} cp -L --parents {} "$ROOT"
}

make_rootfs() {
  mkdir -p "$ROOT"/{bin,etc,tmp,lib64,usr/bin}
  chmod 1777 "$ROOT/tmp"
  "$jdk/bin/jlink" --no-header-files --no-man-pages --strip-java-debug-attributes \
    --add-modules "$MODULES" --output "$ROOT/opt/java"
  cp "$(readlink -f "$(command -v bash)")" "$ROOT/bin/bash"
  cp "$(command -v busybox)" "$ROOT/bin/busybox"
  local tool
  "$ROOT/bin/busybox" --list | grep -vx -e busybox -e bash | while read -r tool; do
    ln -s busybox "$ROOT/bin/$tool"
  done
  ln -s /bin/env "$ROOT/usr/bin/env"
  ln -s /bin/bash "$ROOT/usr/bin/bash"
  copy_libraries
  printf 'hosts: files dns\n' >"$ROOT/etc/nsswitch.conf"
  printf 'root:x:0:0:root:/:/bin/sh\nappuser:x:1000:1000::/:/bin/sh\n' >"$ROOT/etc/passwd"
  printf 'root:x:0:\nappuser:x:1000:\n' >"$ROOT/etc/group"
}

make_kafka() {
  mkdir -p "$OUT/kafka"
  ../mvnw -q -B -f kafka/pom.xml -Dquickly dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$OUT/kafka/libs" </dev/null
  cp kafka/run "$OUT/kafka/"
}

# The legacy builder is in every client; BuildKit may want a plugin.
build() {
  local said
  said=$(DOCKER_BUILDKIT=0 docker build --label inputs="$inputs" -t "$1" -f "$2" "$3" 2>&1) || {
    echo "$said" >&2
    fail "docker could not build $1 from $2; its words are above."
  }
}

if [ "${1-}" != --force ] && is_current local/jre:17 && is_current "local/kafka:$kafka"; then
  echo "local/jre:17 and local/kafka:$kafka are up to date ($inputs)"
  exit
fi
command -v busybox >/dev/null || fail "no busybox on PATH. Install busybox-static."
rm -rf "$OUT/jre" "$OUT/kafka"
make_rootfs
make_kafka
build local/jre:17 Dockerfile.jre "$OUT/jre"
build "local/kafka:$kafka" Dockerfile.kafka "$OUT/kafka"
echo "built local/jre:17 and local/kafka:$kafka ($inputs)"
