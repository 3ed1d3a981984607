//! Labels side by side without overlap, each as near as can be to where it wants to be.

/// One label on a line: where its middle wants to be, and how much room it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub middle: f64,
    pub room: f64,
}

/// A run of labels that touch: their summed wish for the run's start, and their room.
struct Run {
    wish: f64,
    count: usize,
    room: f64,
}

impl Run {
    fn start(&self, low: f64, high: f64) -> f64 {
        let free = self.wish / self.count as f64;
        free.min(high - self.room).max(low)
    }
}

/// The middles of the labels, in the order given, between `low` and `high`; the order by wish is kept, and equal wishes
/// keep the order given. If there is too little room, they go on beyond `high`.
pub(super) fn spread(wishes: &[Wish], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    let wish = |i: usize| wishes.get(i).copied().unwrap_or(Wish { middle: low, room: 0.0 });
    order.sort_by(|&a, &b| wish(a).middle.total_cmp(&wish(b).middle));
    // Neighbours that would overlap become one run, placed at the mean of what its members want (least squares).
    let mut runs: Vec<Run> = Vec::new();
    for &i in &order {
        let Wish { middle, room } = wish(i);
        let mut run = Run { wish: middle - room / 2.0, count: 1, room };
        while let Some(before) = runs.pop() {
            if before.start(low, high) + before.room <= run.start(low, high) {
                runs.push(before);
                break;
            }
            run = Run {
                wish: before.wish + run.wish - before.room * run.count as f64,
                count: before.count + run.count,
                room: before.room + run.room,
            };
        }
        runs.push(run);
    }
    let mut placed = vec![low; wishes.len()];
    let mut next = order.iter();
    for run in &runs {
        let mut at = run.start(low, high);
        for &i in next.by_ref().take(run.count) {
            if let Some(place) = placed.get_mut(i) {
                *place = at + wish(i).room / 2.0;
            }
            at += wish(i).room;
        }
    }
    placed
}
