#!/usr/bin/env bash
# Reports a second of gongkai and of a plain lxml script on the same folder of HTML reports, one process and one core
# each; what more cores are worth; and the rates at which gongkai reads other formats.
#
#   benches/peers/compare.sh [FOLDER]      # without FOLDER fictional reports are made
#
# GONGKAI names the program (default target/release/gongkai), PYTHON the interpreter with lxml (requirements.txt).
# Each run is taken three times and the least counts. `cpu` is processor time, which other work on the machine does not
# lengthen by much; `wall` is what a clock shows, and means something only on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
gongkai=${GONGKAI:-$PWD/target/release/gongkai}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
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
# seconds WALL CPU of the best of three runs of a command, on the cores named
measure() {
  local on=$1 best_wall="" best_cpu="" wall user system
  shift
  for _ in 1 2 3; do
    TIMEFORMAT='%R %U %S'
    { time taskset -c "$on" "$@" >"$work/out" 2>"$work/err" || { [ $? = 4 ] || { cat "$work/err" >&2; exit 1; }; }; } 2>"$work/time"
    read -r wall user system <"$work/time"
    best_wall=$(echo "$wall ${best_wall:-1e9}" | awk '{print ($1 < $2) ? $1 : $2}')
    best_cpu=$(echo "$user $system ${best_cpu:-1e9}" | awk '{c = $1 + $2; print (c < $3) ? c : $3}')
  done
  echo "$best_wall $best_cpu"
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
read -r py_wall py_cpu < <(measure 0 "$python" benches/peers/lxml_labels.py "$folder" "$work/py.csv")
show 'lxml script, one core' "$reports" "$py_wall" "$py_cpu"
read -r one_wall one_cpu < <(measure 0 "$gongkai" extract "$folder" -o "$work/one.csv" --jobs 1 --quiet)
show 'gongkai, one core' "$reports" "$one_wall" "$one_cpu"
read -r all_wall all_cpu < <(measure "0-$((cores - 1))" "$gongkai" extract "$folder" -o "$work/all.csv" --jobs "$cores" --quiet)
show "gongkai, $cores cores" "$reports" "$all_wall" "$all_cpu"
cmp "$work/one.csv" "$work/all.csv"
awk -v p="$py_wall" -v g="$one_wall" -v pc="$py_cpu" -v gc="$one_cpu" -v a="$all_wall" -v cores="$cores" 'BEGIN {
  printf "one core against the script: %.1f times by wall, %.1f times by cpu (target 15)\n", p / g, pc / gc
  printf "%d cores against one: %.2f times by wall (target %s)\n", cores, g / a, cores == 2 ? "1.7" : "3.2 on four" }'

for pair in docx:docx,docx-word xlsx:xlsx,xlsx-text pdf:pdf; do
  ending=${pair%%:*}
  make "$ending" 300 "${pair#*:}"
  read -r wall cpu < <(measure 0 "$gongkai" extract "$work/$ending" -o "$work/$ending.csv" --jobs 1 --quiet)
  about "$work/$ending" "$ending"
  show 'gongkai, one core' "$(count "$work/$ending" "$ending")" "$wall" "$cpu"
done
