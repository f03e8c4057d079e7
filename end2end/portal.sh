#!/bin/sh
# Starts the portal that the journeys walk through, with accounts for each project; the links that sign in to them lie in
# files beside the data, as do a token that imports and the letters it sends.
set -eu
mkdir -p "$ANKER_TEST_DATA/links"
account() {
  "$ANKER" user add "$1@museet.example" --name "$2" --role "$3" > "$ANKER_TEST_DATA/links/$1"
}
for project in desk phone without-javascript; do
  account "$project" "Inge Åkjær" administrator
  account "letters-$project" "Bo Ørsted" administrator
  account "$project-images" "Rie Ærø" administrator
  account "log-$project" "Lis Ågren" administrator
  account "editor-$project" "Erik Ågård" editor
  account "publishing-$project" "Karen Ø" administrator
  account "agreeing-$project" "Karen Ø" administrator
  account "feedback-$project" "Karen Ø" administrator
  account "judge-$project" "Erik Ågård" editor
done
"$ANKER" token create journeys > "$ANKER_TEST_DATA/token"
exec "$ANKER" serve
