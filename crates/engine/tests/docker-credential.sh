#!/bin/sh
# A credential helper for tests. What it keeps is in the folder that CREDENTIALS names, with a log of its calls; what it
# does, its own name says.
program=$(basename "$0")
request=$(cat)

file() {
    echo "$CREDENTIALS/$(printf %s "$1" | sed 's/[^a-zA-Z0-9]/_/g')"
}

case $1 in
store) echo "$program store" ;;
*) echo "$program $1 $request" ;;
esac >>"$CREDENTIALS/calls.log"

case $program in
docker-credential-fails)
    echo "the keychain is locked"
    exit 1
    ;;
docker-credential-silent) exit 3 ;;
docker-credential-talks)
    echo "hush, a secret"
    exit 0
    ;;
docker-credential-empty)
    echo '{"ServerURL": "", "Username": "", "Secret": ""}'
    exit 0
    ;;
docker-credential-hangs) exec sleep 60 ;;
esac

case $1 in
get)
    cat "$(file "$request")" 2>/dev/null && exit
    echo "credentials not found in native keychain"
    exit 1
    ;;
store)
    server=$(printf %s "$request" | sed 's/.*"ServerURL":"\([^"]*\)".*/\1/')
    printf %s "$request" >"$(file "$server")"
    ;;
erase) rm -f "$(file "$request")" ;;
list)
    echo "{"
    separator=
    for kept in "$CREDENTIALS"/*; do
        case $kept in */calls.log) continue ;; esac
        echo "$separator$(sed 's/.*"ServerURL":\("[^"]*"\).*"Username":\("[^"]*"\).*/\1: \2/' "$kept")"
        separator=,
    done
    echo "}"
    ;;
esac
