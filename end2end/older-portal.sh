#!/bin/sh
# Starts a portal with content that nobody has looked at for over a year, and with dead links: imported now, backed up,
# made older with what visits to its links have shown, restored.
set -eu
now="$ANKER_TEST_DATA/older-before"
mkdir -p "$ANKER_TEST_DATA/links"
for project in desk phone without-javascript; do
  echo "{\"type\":\"organisation\",\"id\":\"sejlmuseet-$project\",\"name\":\"Sejlmuseet $project\",\"kind\":\"institution\",\"municipality\":\"461\"}"
  echo "{\"type\":\"offer\",\"id\":\"sejltur-$project\",\"title\":\"Sejltur med æbler $project\",\"summary\":\"Klassen sejler med æbler.\",\"provider\":\"sejlmuseet-$project\",\"description\":\"Se [sejlplanen](https://sejlmuseet.example/$project).\"}"
done > "$ANKER_TEST_DATA/older.jsonl"
for project in desk phone without-javascript; do
  address="https://sejlmuseet.example/$project"
  id=$(printf %s "$address" | sha256sum | cut -d ' ' -f 1)
  echo "{\"table\":\"web_link\",\"key\":\"$id\",\"row\":{\"address\":\"$address\",\"next\":\"2999-12-31\",\"checked\":\"2026-11-09\",\"answer\":\"not-found\",\"failures\":2,\"since\":\"2026-11-02\",\"failed\":\"2026-11-09\"}}"
  echo "{\"table\":\"web_link_place\",\"key\":\"$id offer/sejltur-$project\",\"row\":{\"link\":\"$id\",\"record\":\"offer/sejltur-$project\",\"owner\":\"sejlmuseet-$project\",\"written\":\"$address\",\"dead\":true}}"
done > "$ANKER_TEST_DATA/dead-links.jsonl"
ANKER_DATA="$now" "$ANKER" import "$ANKER_TEST_DATA/older.jsonl"
ANKER_DATA="$now" "$ANKER" backup "$ANKER_TEST_DATA/now.backup"
node older-content.js "$ANKER_TEST_DATA/now.backup" "$ANKER_TEST_DATA/older.backup" 470 "$ANKER_TEST_DATA/dead-links.jsonl"
"$ANKER" restore "$ANKER_TEST_DATA/older.backup"
for project in desk phone without-javascript; do
  "$ANKER" user add "older-$project@museet.example" --name "Karen Ø" > "$ANKER_TEST_DATA/links/older-$project"
done
exec "$ANKER" serve
