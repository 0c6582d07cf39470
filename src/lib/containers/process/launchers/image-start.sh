#!/bin/sh
# What a container of an image that `rt kind pull --build` has made begins with. Argument: the kind.
here=${0%/*}
PATH=$PATH:$here/bin
export PATH

case $1 in
nodejs:*)
  limit=max
  read -r limit 2>/dev/null </sys/fs/cgroup/memory.max || read -r limit 2>/dev/null </sys/fs/cgroup/memory/memory.limit_in_bytes
  case $limit in
  max | '') heap= ;;
  *) heap=$((limit / 1048576 - 40)) ;;
  esac
  # Without a limit the kernel names a number beyond all memory.
  if [ -z "$heap" ] || [ "$heap" -gt 1000000 ]; then
    exec node --expose-gc "$here/nodejs.cjs" "$here/node_modules"
  fi
  [ "$heap" -ge 64 ] || heap=64
  exec node --expose-gc "--max-old-space-size=$heap" "$here/nodejs.cjs" "$here/node_modules"
  ;;
*)
  exec node "$here/image-loop.cjs" "$1"
  ;;
esac
