/**
 * The functions of the script, in POSIX shell with coreutils, sed, grep, curl, getent and openssl; `w_…` are its words.
 * Nothing here asks for an ignition file: the bastion would take the machine for one that installs itself.
 */
export const functions = String.raw`
faults=0
random=holdfast-$$-$(date +%s)

row() { # status title detail mend
  case $1 in
    ok) word=$w_ok ;;
    warning) word=$w_warning ;;
    *) word=$w_failed; faults=$((faults + 1)) ;;
  esac
  printf '%-8s  %-58s  %s\n' "$word" "$2" "$3"
  if [ "$1" != ok ] && [ -n "$4" ]; then printf '          %s %s\n' "$w_mend" "$4"; fi
}

machine() { # address interface node ...
  own=$(sed -n 's/^ *|-- //p' /proc/net/fib_trie 2>/dev/null | sort -u)
  while [ $# -ge 3 ]; do
    if printf '%s\n' "$own" | grep -qxF -- "$1"; then
      mtu=$(cat "/sys/class/net/$2/mtu" 2>/dev/null)
      row ok "$w_thisMachine" "$3 ($1, $2, MTU ${'$'}{mtu:-?})" ''
      return
    fi
    shift 3
  done
  row warning "$w_thisMachine" "$w_noNode" "$w_noNodeMend"
}

forward() { # title name addresses mend
  got=$(timeout 12 getent ahostsv4 "$2" | sed 's/ .*//' | sort -u | tr '\n' ' ')
  got=${'$'}{got% }
  if [ "$got" = "$3" ]; then row ok "$1" "$got" ''
  else row failed "$1" "${'$'}{got:-$w_noAnswer} $w_wantedIs $3" "$w_recordMend $4"; fi
}

backward() { # address names record
  got=$(timeout 12 getent hosts "$1" | tr -s ' \t\n' ' ')
  got=${'$'}{got#* }
  got=${'$'}{got% }
  state=ok
  [ -n "$got" ] || state=failed
  for name in $got; do
    case " $2 " in *" $name "*) ;; *) state=failed ;; esac
  done
  if [ $state = ok ]; then row ok "$w_backward $1" "$got" ''
  else row failed "$w_backward $1" "${'$'}{got:-$w_noAnswer} $w_wantedIs $2" "$w_recordMend $3"; fi
}

absent() { # zone
  got=$(timeout 12 getent ahostsv4 "$random.$1" | sed 's/ .*//' | sort -u | tr '\n' ' ')
  if [ -z "$got" ]; then row ok "$w_absent $1" '-' ''
  else row failed "$w_absent $1" "$got" "$w_absentMend *.$1"; fi
}

opens() { # host:port -- a balancer without a backend resets at once, which curl may take for a refusal
  for try in 1 2 3; do
    if timeout 5 bash -c ': <"/dev/tcp/$0/$1"' "${'$'}{1%:*}" "${'$'}{1##*:}" 2>/dev/null; then return 0; fi
  done
  return 1
}

port() { # url title mend
  curl -sk -o /dev/null --noproxy '*' --connect-timeout 5 -m 10 "$1"
  case $? in
    0) row ok "$2" "$w_answers" '' ;;
    6) row failed "$2" "$w_unresolved" "$3" ;;
    7 | 28 | 127) if opens "$2"; then row ok "$2" "$w_open" ''; else row failed "$2" "$w_shut" "$3"; fi ;;
    *) row ok "$2" "$w_open" '' ;;
  esac
}

certificate() { # host port
  said=$(timeout 15 openssl s_client -connect "$1:$2" -servername "$1" -verify_hostname "$1" -verify_return_error \
    ${'$'}{ca:+-CAfile "$ca"} </dev/null 2>&1)
  state=$?
  fault=$(printf '%s\n' "$said" | sed -n 's/^verify error:num=[0-9]*://p' | head -n 1)
  names=$(printf '%s\n' "$said" | openssl x509 -noout -text 2>/dev/null | grep -c 'Subject Alternative Name')
  if [ $state -ne 0 ]; then row failed "$w_certificate $1:$2" "${'$'}{fault:-$w_noAnswer}" "$w_certificateMend"
  elif [ "$names" -eq 0 ]; then row failed "$w_certificate $1:$2" "$w_noNames" "$w_certificateMend"
  else row ok "$w_certificate $1:$2" "$(printf '%s\n' "$said" | sed -n 's/^ *issuer=//p' | head -n 1)" ''; fi
}

status() { # url
  curl -sI -o /dev/null -w '%{http_code}' --noproxy '*' --connect-timeout 5 -m 15 ${'$'}{ca:+--cacert "$ca"} \
    -H 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json' "$1"
}

release() { # title url ...
  title=$1
  shift
  for url in "$@"; do
    code=$(status "$url")
    case $code in
      200) row ok "$title" "$code" ''; return ;;
      401 | 403) row ok "$title" "$w_login ($code)" ''; return ;;
    esac
  done
  row failed "$title" "$code" "$w_releaseMend"
}

image() { # url mend
  head=$(curl -sI --noproxy '*' --connect-timeout 5 -m 15 "$1" | tr -d '\r')
  bytes=$(printf '%s\n' "$head" | sed -n 's/^[Cc]ontent-[Ll]ength: *//p' | head -n 1)
  case $head in
    'HTTP/1.'[01]' 200'*) row ok "$w_image $1" "${'$'}{bytes:-?} bytes" '' ;;
    *) row failed "$w_image $1" "$(printf '%s\n' "$head" | head -n 1)" "$2" ;;
  esac
}

clock() { # url
  there=$(curl -sI --noproxy '*' --connect-timeout 5 -m 10 "$1" | tr -d '\r' | sed -n 's/^[Dd]ate: *//p' | head -n 1)
  then=$(date -d "$there" +%s 2>/dev/null)
  if [ -z "$there" ] || [ -z "$then" ]; then row warning "$w_clock" "$w_noAnswer" "$w_clockMend"; return; fi
  off=$(($(date +%s) - then))
  if [ $off -gt 5 ] || [ $off -lt -5 ]; then row failed "$w_clock" "$off s" "$w_clockMend"
  else row ok "$w_clock" "$off s" ''; fi
}

gateway() { # address
  if ping -c 1 -W 1 "$1" >/dev/null 2>&1; then row ok "$w_gateway $1" '-' ''
  else row warning "$w_gateway $1" "$w_noAnswer" "$w_gatewayMend"; fi
}
`.trim();
