#!/usr/bin/env bash
# Reports a second of gongkai and of a plain lxml script on the same folder of HTML reports, one process and one core
# each; what more cores are worth; and the rates at which gongkai reads other formats.
#
#   benches/peers/compare.sh [FOLDER]      # without FOLDER fictional reports are made
#
# GONGKAI names the program (default target/release/gongkai), PYTHON the interpreter with lxml (requirements.txt).
# They take turns, ROUNDS times (default 5), and the least of each counts: a machine shared with others is faster at one
# time than at another. `cpu` is processor time, which other work on the machine does not lengthen by much; `wall` is what
# a clock shows, and means something only on an idle machine.
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
# runs a command on the cores named, and keeps its seconds by wall and by cpu under a name where they are the least so far
declare -A wall cpu
measure() {
  local name=$1 on=$2 real user system
  shift 2
  TIMEFORMAT='%R %U %S'
  { time taskset -c "$on" "$@" >"$work/out" 2>"$work/err" || { [ $? = 4 ] || { cat "$work/err" >&2; exit 1; }; }; } 2>"$work/time"
  read -r real user system <"$work/time"
  wall[$name]=$(echo "$real ${wall[$name]:-1e9}" | awk '{print ($1 < $2) ? $1 : $2}')
  cpu[$name]=$(echo "$user $system ${cpu[$name]:-1e9}" | awk '{c = $1 + $2; print (c < $3) ? c : $3}')
}
show() { # name, reports, wall, cpu
  awk -v name="$1" -v n="$2" -v w="$3" -v c="$4" \
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
for _ in $(seq "$rounds"); do
  measure script 0 "$python" benches/peers/lxml_labels.py "$folder" "$work/py.csv"
  measure one 0 "$gongkai" extract "$folder" -o "$work/one.csv" --jobs 1 --quiet
  measure all "0-$((cores - 1))" "$gongkai" extract "$folder" -o "$work/all.csv" --jobs "$cores" --quiet
done
show 'lxml script, one core' "$reports" "${wall[script]}" "${cpu[script]}"
show 'gongkai, one core' "$reports" "${wall[one]}" "${cpu[one]}"
show "gongkai, $cores cores" "$reports" "${wall[all]}" "${cpu[all]}"
cmp "$work/one.csv" "$work/all.csv"
awk -v p="${wall[script]}" -v g="${wall[one]}" -v pc="${cpu[script]}" -v gc="${cpu[one]}" -v a="${wall[all]}" -v cores="$cores" 'BEGIN {
  printf "one core against the script: %.1f times by wall, %.1f times by cpu (target 15)\n", p / g, pc / gc
  printf "%d cores against one: %.2f times by wall (target %s)\n", cores, g / a, cores == 2 ? "1.7" : "3.2 on four" }'

for pair in docx:docx,docx-word xlsx:xlsx,xlsx-text pdf:pdf; do
  ending=${pair%%:*}
  make "$ending" 300 "${pair#*:}"
  for _ in $(seq "$rounds"); do
    measure "$ending" 0 "$gongkai" extract "$work/$ending" -o "$work/$ending.csv" --jobs 1 --quiet
  done
  about "$work/$ending" "$ending"
  show 'gongkai, one core' "$(count "$work/$ending" "$ending")" "${wall[$ending]}" "${cpu[$ending]}"
done
