#!/bin/sh
# esbuild, but for signals that a terminal sends to its whole process group.
trap '' INT HUP
exec "$ESBUILD_REAL_PATH" "$@"
