#!/usr/bin/env bash
# Uploads a file to Slipway with curl alone, downloads it again and compares the two bit for bit.
#
#   SLIPWAY_URL=http://127.0.0.1:3000 SLIPWAY_API_KEY=sk_live_… ./upload.sh picture.jpg [image/jpeg]
#   DEMO_JSON=../../.data/demo.json ./upload.sh picture.jpg        # address and key of the demo project
set -euo pipefail

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The first text member of this name. Enough for Slipway's answers; a real JSON reader is better where there is one.
member() {
  tr -d '\n' | grep -o "\"$1\" *: *\"\([^\"\\\\]\|\\\\.\)*\"" | head -n 1 | sed -e 's/^"[^"]*" *: *"//' -e 's/"$//' -e 's/\\\(.\)/\1/g'
}

# Text as the inside of a JSON string.
quote() {
  printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'
}

file=${1:-}
[ -f "$file" ] || fail "Usage: $0 <file> [type]"

if [ -n "${DEMO_JSON:-}" ]; then
  demo=$(tr -d '\n' <"$DEMO_JSON" | grep -o '"slipway" *: *{[^}]*}') || fail "There is no Slipway in $DEMO_JSON."
  SLIPWAY_URL=${SLIPWAY_URL:-$(member url <<<"$demo")}
  SLIPWAY_API_KEY=${SLIPWAY_API_KEY:-$(member apiKey <<<"$demo")}
fi
[ -n "${SLIPWAY_URL:-}" ] || fail 'Set SLIPWAY_URL, or DEMO_JSON.'
[ -n "${SLIPWAY_API_KEY:-}" ] || fail 'Set SLIPWAY_API_KEY, or DEMO_JSON.'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The key goes in by a file: arguments can be read by every user of the machine.
printf 'header = "Authorization: Bearer %s"\n' "$SLIPWAY_API_KEY" >"$work/key"

api() { # METHOD PATH [JSON]
  local status
  status=$(curl -sS -K "$work/key" -X "$1" -o "$work/answer" -w '%{http_code}' \
    ${3:+-H 'Content-Type: application/json' --data-binary "$3"} "${SLIPWAY_URL%/}/api/$2") ||
    fail "Slipway does not answer at $SLIPWAY_URL."
  case $status in
    2??) cat "$work/answer" ;;
    *) fail "$1 /api/$2 answered $status: $(member message <"$work/answer")" ;;
  esac
}

case ${file##*.} in
  jpg | jpeg) guess=image/jpeg ;;
  png | gif | webp) guess=image/${file##*.} ;;
  pdf) guess=application/pdf ;;
  txt | sh) guess=text/plain ;;
  *) guess=application/octet-stream ;;
esac
type=${2:-$guess}
size=$(($(wc -c <"$file")))
sha256=$( (sha256sum "$file" 2>/dev/null || shasum -a 256 "$file") | cut -d ' ' -f 1)

# 1. Ask for a place.
ticket=$(api POST upload-url \
  "{\"name\":\"$(quote "$(basename "$file")")\",\"size\":$size,\"type\":\"$type\",\"sha256\":\"$sha256\"}")
id=$(member id <<<"$ticket")

# 2. Send the bytes there, with exactly the headers of the answer.
headers=()
while IFS= read -r pair; do
  headers+=(-H "$(sed -e 's/^"\([^"]*\)" *: *"\(.*\)"$/\1: \2/' <<<"$pair")")
done < <(tr -d '\n' <<<"$ticket" | sed -e 's/.*"headers" *: *{\([^}]*\)}.*/\1/' | grep -o '"[^"]*" *: *"[^"]*"' || true)
status=$(curl -sS -o "$work/answer" -w '%{http_code}' -X PUT ${headers[@]+"${headers[@]}"} \
  --data-binary "@$file" "$(member url <<<"$ticket")")
[ "${status:0:1}" = 2 ] || fail "The storage answered $status: $(cat "$work/answer")"

# 3. Have them checked.
done=$(api POST upload-complete "{\"id\":\"$id\"}")
[ "$(member status <<<"$done")" = ready ] || fail "The file is $(member status <<<"$done"), not ready."

# 4. Get them back and compare.
link=$(api GET "files/$id/url" | member url)
curl -sS --fail -o "$work/copy" "$link" || fail 'The download failed.'
cmp "$file" "$work/copy" || fail 'The download differs from the file.'

printf 'id: %s\nsha256: %s\nurl: %s\nThe download is the same, bit for bit.\n' "$id" "$sha256" "$link"
