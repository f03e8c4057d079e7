#!/bin/sh
# Starts a portal with content that nobody has looked at for over a year: imported now, backed up, made older, restored.
set -eu
now="$ANKER_TEST_DATA/older-before"
mkdir -p "$ANKER_TEST_DATA/links"
for project in desk phone without-javascript; do
  echo "{\"type\":\"organisation\",\"id\":\"sejlmuseet-$project\",\"name\":\"Sejlmuseet $project\",\"kind\":\"institution\",\"municipality\":\"461\"}"
  echo "{\"type\":\"offer\",\"id\":\"sejltur-$project\",\"title\":\"Sejltur med æbler $project\",\"summary\":\"Klassen sejler med æbler.\",\"provider\":\"sejlmuseet-$project\"}"
done > "$ANKER_TEST_DATA/older.jsonl"
ANKER_DATA="$now" "$ANKER" import "$ANKER_TEST_DATA/older.jsonl"
ANKER_DATA="$now" "$ANKER" backup "$ANKER_TEST_DATA/now.backup"
node older-content.js "$ANKER_TEST_DATA/now.backup" "$ANKER_TEST_DATA/older.backup" 470
"$ANKER" restore "$ANKER_TEST_DATA/older.backup"
for project in desk phone without-javascript; do
  "$ANKER" user add "older-$project@museet.example" --name "Karen Ø" > "$ANKER_TEST_DATA/links/older-$project"
done
exec "$ANKER" serve
