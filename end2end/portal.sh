#!/bin/sh
# Starts the portal that the journeys walk through, with accounts for each project; the links that sign in to them lie in
# files beside the data, as do a token that imports and the letters it sends.
set -eu
mkdir -p "$ANKER_TEST_DATA/links"
for project in desk phone without-javascript desk-images phone-images without-javascript-images; do
  "$ANKER" user add "$project@museet.example" --name "Inge Åkjær" > "$ANKER_TEST_DATA/links/$project"
  "$ANKER" user add "letters-$project@museet.example" --name "Bo Ørsted" > /dev/null
done
"$ANKER" token create journeys > "$ANKER_TEST_DATA/token"
exec "$ANKER" serve
