#!/usr/bin/env bash
# Reports a second of gongkai and of a plain lxml script on the same folder of HTML reports, one process and one core
# each, and what four cores are worth.
#
#   benches/peers/compare.sh [FOLDER]      # without FOLDER a fictional corpus is made
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
if [ $# -ge 1 ]; then
  find "$1" -name '*.html' | head -1 | grep -q . || { echo "no *.html in $1" >&2; exit 2; }
  folder=$(realpath "$1")
else
  "$gongkai" synth "$work/synth" --agencies 1000 --quiet
  mkdir "$work/html"
  find "$work/synth" -name '*.html' -print0 | xargs -0 mv -t "$work/html"
  folder=$work/html
fi
count=$(find "$folder" -name '*.html' | wc -l)
bytes=$(find "$folder" -name '*.html' -printf '%s\n' | awk '{s+=$1} END {printf "%.1f", s/NR/1024}')
echo "$count reports of $bytes KB each; load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores"

# seconds WALL|CPU of the best of three runs of a command, on the cores named
measure() {
  local cores=$1 best_wall="" best_cpu="" wall user system
  shift
  for _ in 1 2 3; do
    TIMEFORMAT='%R %U %S'
    { time taskset -c "$cores" "$@" >"$work/out" 2>"$work/err" || { [ $? = 4 ] || { cat "$work/err" >&2; exit 1; }; }; } 2>"$work/time"
    read -r wall user system <"$work/time"
    best_wall=$(echo "$wall ${best_wall:-1e9}" | awk '{print ($1<$2)?$1:$2}')
    best_cpu=$(echo "$user $system ${best_cpu:-1e9}" | awk '{c=$1+$2; print (c<$3)?c:$3}')
  done
  echo "$best_wall $best_cpu"
}
rate() { awk -v n="$count" -v s="$1" 'BEGIN {printf "%.0f", n/s}'; }
show() { printf '%-28s %8s reports/s wall %8s reports/s cpu\n' "$1" "$(rate "$2")" "$(rate "$3")"; }

read -r py_wall py_cpu < <(measure 0 "$python" benches/peers/lxml_labels.py "$folder" "$work/py.csv")
show 'lxml script, one core' "$py_wall" "$py_cpu"
read -r one_wall one_cpu < <(measure 0 "$gongkai" extract "$folder" -o "$work/one.csv" --jobs 1 --quiet)
show 'gongkai, one core' "$one_wall" "$one_cpu"
read -r four_wall four_cpu < <(measure 0-3 "$gongkai" extract "$folder" -o "$work/four.csv" --jobs 4 --quiet)
show 'gongkai, four cores' "$four_wall" "$four_cpu"
cmp "$work/one.csv" "$work/four.csv"
awk -v p="$py_wall" -v g="$one_wall" -v pc="$py_cpu" -v gc="$one_cpu" -v f="$four_wall" 'BEGIN {
  printf "one core against the script: %.1f times by wall, %.1f times by cpu (target 15)\n", p/g, pc/gc
  printf "four cores against one: %.2f times by wall (target 3.2)\n", g/f }'
