#!/bin/sh
# Starts the portal that the journeys walk through, with an account for each project; the links
# that sign in to them lie in files beside the data, and so does a token that imports.
set -eu
mkdir -p "$ANKER_TEST_DATA/links"
for project in desk phone without-javascript desk-images phone-images without-javascript-images; do
  "$ANKER" user add "$project@museet.example" --name "Inge Åkjær" > "$ANKER_TEST_DATA/links/$project"
done
"$ANKER" token create journeys > "$ANKER_TEST_DATA/token"
exec "$ANKER" serve
