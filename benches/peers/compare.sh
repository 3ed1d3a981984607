#!/usr/bin/env bash
# Reports a second of gongkai and of a plain lxml script on the same folder of HTML reports, one process and one core
# each; what more cores are worth; and the rates at which gongkai reads other formats.
#
#   benches/peers/compare.sh [FOLDER]      # without FOLDER fictional reports are made
#
# GONGKAI names the program (default target/release/gongkai), PYTHON the interpreter with lxml (requirements.txt).
# A machine shared with others is faster at one time than at another, so the programs take turns, ROUNDS times (default 5):
# gongkai runs before the script and after it, then on all cores. What one is worth against the other is told within a
# round; shown is the median of the rounds, and of every rate the median too. `cpu` is processor time, which other work on
# the machine does not lengthen by much; `wall` is what a clock shows, and means something only on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
gongkai=${GONGKAI:-$PWD/target/release/gongkai}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-5}
cores=$(nproc)
[ "$cores" -le 4 ] || cores=4

# the files of one ending that `synth` writes in some styles, in a folder of their own
make() {
  "$gongkai" synth "$work/synth" --agencies "$2" --styles "$3" --force --quiet
  mkdir "$work/$1"
  find "$work/synth" -name "*.$1" -print0 | xargs -0 mv -t "$work/$1"
}
count() { find "$1" -name "*.$2" | wc -l; }
about() {
  local kilobytes
  kilobytes=$(find "$1" -name "*.$2" -printf '%s\n' | awk '{s += $1} END {printf "%.1f", s / NR / 1024}')
  echo "${2^^}: $(count "$1" "$2") reports of $kilobytes KB each"
}
# runs a command on the cores named, and adds its seconds by wall and by cpu to a file of that name
measure() {
  local name=$1 on=$2 real user system
  shift 2
  TIMEFORMAT='%R %U %S'
  { time taskset -c "$on" "$@" >"$work/out" 2>"$work/err" || { [ $? = 4 ] || { cat "$work/err" >&2; exit 1; }; }; } 2>"$work/time"
  read -r real user system <"$work/time"
  echo "$real $user $system" | awk '{print $1, $2 + $3}' >>"$work/$name.times"
}
median() { sort -g | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2}'; }
show() { # title, reports, name
  awk -v name="$1" -v n="$2" -v w="$(cut -d' ' -f1 "$work/$3.times" | median)" -v c="$(cut -d' ' -f2 "$work/$3.times" | median)" \
    'BEGIN {printf "%-28s %8.0f reports/s by wall %8.0f reports/s by cpu\n", name, n / w, n / c}'
}

if [ $# -ge 1 ]; then
  find "$1" -name '*.html' | head -1 | grep -q . || { echo "no *.html in $1" >&2; exit 2; }
  folder=$(realpath "$1")
else
  make html 1000 html-clean,html-word,html-nested,html-blank,html-gbk,html-thead,html-spanless
  folder=$work/html
fi
echo "$(about "$folder" html); load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores"
reports=$(count "$folder" html)
one() { measure one 0 "$gongkai" extract "$folder" -o "$work/one.csv" --jobs 1 --quiet; }
for _ in $(seq "$rounds"); do
  one
  measure script 0 "$python" benches/peers/lxml_labels.py "$folder" "$work/py.csv"
  one
  measure all "0-$((cores - 1))" "$gongkai" extract "$folder" -o "$work/all.csv" --jobs "$cores" --quiet
done
show 'lxml script, one core' "$reports" script
show 'gongkai, one core' "$reports" one
show "gongkai, $cores cores" "$reports" all
cmp "$work/one.csv" "$work/all.csv"
# a round in a line: the script, gongkai before and after it, and on all cores, each by wall and by cpu
paste -d' ' "$work/script.times" <(paste -d' ' - - <"$work/one.times") "$work/all.times" >"$work/rounds"
ratios() { awk "{print $1}" "$work/rounds" | median; }
printf 'one core against the script: %.1f times by wall, %.1f times by cpu (target 15)\n' \
  "$(ratios '2 * $1 / ($3 + $5)')" "$(ratios '2 * $2 / ($4 + $6)')"
printf '%d cores against one: %.2f times by wall (target %s)\n' \
  "$cores" "$(ratios '$5 / $7')" "$([ "$cores" = 2 ] && echo 1.7 || echo '3.2 on four')"

for pair in docx:docx,docx-word xlsx:xlsx,xlsx-text pdf:pdf; do
  ending=${pair%%:*}
  make "$ending" 300 "${pair#*:}"
  for _ in $(seq "$rounds"); do
    measure "$ending" 0 "$gongkai" extract "$work/$ending" -o "$work/$ending.csv" --jobs 1 --quiet
  done
  about "$work/$ending" "$ending"
  show 'gongkai, one core' "$(count "$work/$ending" "$ending")" "$ending"
done
