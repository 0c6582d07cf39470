#!/usr/bin/env bash
# A container engine of its own for the tests of the Docker driver: nothing is pulled, nothing else on the machine is touched.
#
#   .ci/docker.sh start   installs docker.io and debootstrap where they are missing, starts dockerd with a socket and a data folder of its own,
#                         and imports a base image with node and python3. Prints `export` lines for the tests. Ends within ten minutes.
#   .ci/docker.sh stop    ends that dockerd and removes its data.
#
# Needs root and a Debian machine. Everything that it says goes to stderr; its status is not 0 when the engine cannot be had.
set -euo pipefail

work=${RT_TEST_DOCKER_FOLDER:-/var/tmp/rt-test-docker}
socket=$work/docker.sock
base=rt-test/base:1
suite=bookworm
export DOCKER_HOST=unix://$socket TMPDIR=$work

say() { echo "docker.sh: $*" >&2; }

install_packages() {
  command -v dockerd >/dev/null && command -v debootstrap >/dev/null && command -v iptables >/dev/null && return
  say 'installing docker.io and debootstrap'
  timeout 60 apt-get update -qq -o DPkg::Lock::Timeout=50 >&2
  # Installed, it would start by itself with the usual socket.
  local policy=/usr/sbin/policy-rc.d made=
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made=1; }
  DEBIAN_FRONTEND=noninteractive timeout 240 apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=120 docker.io debootstrap iptables >&2 || { [ -z "$made" ] || rm -f "$policy"; return 1; }
  [ -z "$made" ] || rm -f "$policy"
}

start_engine() {
  [ -S "$socket" ] && timeout 5 docker version >/dev/null 2>&1 && return
  say "starting dockerd in $work"
  setsid dockerd --data-root "$work/data" --exec-root "$work/exec" -H "unix://$socket" -p "$work/dockerd.pid" \
    >"$work/dockerd.log" 2>&1 </dev/null &
  for _ in $(seq 1 60); do
    timeout 5 docker version >/dev/null 2>&1 && return
    sleep 0.5
  done
  say 'dockerd does not answer; its last lines:'
  tail -n 5 "$work/dockerd.log" >&2
  return 1
}

# node is this machine's own; python3 and the C++ library that node needs come from Debian.
build_base() {
  docker image inspect "$base" >/dev/null 2>&1 && return
  local root=$work/rootfs
  say "making $base"
  rm -rf "$root"
  timeout 400 debootstrap --variant=minbase --include=python3,libstdc++6 "$suite" "$root" >"$work/debootstrap.log" 2>&1 || {
    tail -n 5 "$work/debootstrap.log" >&2
    return 1
  }
  install -m 755 "$(node -p process.execPath)" "$root/usr/local/bin/node"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" -c . | timeout 120 docker import - "$base" >/dev/null
  rm -rf "$root"
  timeout 60 docker run --rm "$base" sh -c 'node --version && python3 --version' >&2
}

case ${1:-} in
start)
  mkdir -p "$work"
  install_packages
  start_engine
  build_base
  echo "export RT_TEST_DOCKER_HOST=unix://$socket"
  ;;
stop)
  if [ -f "$work/dockerd.pid" ]; then
    pid=$(cat "$work/dockerd.pid")
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 1 60); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.5
    done
  fi
  rm -rf "$work"
  ;;
*)
  echo "usage: $0 start|stop" >&2
  exit 2
  ;;
esac
