#!/bin/sh
# Starts the portal that the journeys walk through, with accounts for each project; the links
# that sign in to them lie in files beside the data, and the letters it sends in the data.
set -eu
mkdir -p "$ANKER_TEST_DATA/links"
for project in desk phone without-javascript; do
  "$ANKER" user add "$project@museet.example" --name "Inge Åkjær" > "$ANKER_TEST_DATA/links/$project"
  "$ANKER" user add "letters-$project@museet.example" --name "Bo Ørsted" > /dev/null
done
exec "$ANKER" serve
