#!/bin/sh
# Starts the portal that the journeys walk through, with an account for each project; the links
# that sign in to them lie in files beside the data.
set -eu
mkdir -p "$ANKER_TEST_DATA/links"
for project in desk phone without-javascript; do
  "$ANKER" user add "$project@museet.example" --name "Inge Åkjær" > "$ANKER_TEST_DATA/links/$project"
done
exec "$ANKER" serve
