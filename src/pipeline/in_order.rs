//! Work on all threads whose results are handed on one by one, in the order of what they were made from.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What may be under way at once: work that was begun and results that were not yet handed on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// So many pieces of work.
    pub count: usize,
    /// So much weight; a piece of work that is heavier is done alone.
    pub weight: u64,
}

/// Does `work` on all threads of the pool, and hands every result to `take` as soon as those before it were handed on:
/// while one is taken, the other threads go on working.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    bounds: Bounds,
    weight: impl Fn(&T) -> u64 + Sync,
    work: impl Fn(&T) -> R + Sync,
    take: impl FnMut(R) + Send,
) {
    let line = Line { state: Mutex::default(), changed: Condvar::new() };
    let take = Mutex::new(take);
    rayon::broadcast(|_| {
        let _end = End(&line);
        while let Some((at, item)) = line.begin(items, bounds, &weight) {
            line.put(at, work(item));
            line.hand_on(&take, |at| weight(&items[at]));
        }
    });
}

/// What is under way.
struct Line<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    /// How many pieces of work were begun.
    begun: usize,
    /// How many results were handed on.
    handed_on: usize,
    /// The results of those begun and not handed on, as far as they are there.
    results: VecDeque<Option<R>>,
    weight: u64,
    /// How many threads wait for room.
    waiting: usize,
    /// Whether a thread is handing on.
    is_taken: bool,
    /// Whether a thread has panicked: nothing is begun any more.
    is_broken: bool,
}

impl<R> Default for State<R> {
    fn default() -> Self {
        let results = VecDeque::new();
        Self { begun: 0, handed_on: 0, results, weight: 0, waiting: 0, is_taken: false, is_broken: false }
    }
}

impl<R> Line<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece of work and its number, once there is room for it; `None` where there is none left.
    fn begin<'t, T>(&self, items: &'t [T], bounds: Bounds, weight: impl Fn(&T) -> u64) -> Option<(usize, &'t T)> {
        let mut state = self.lock();
        loop {
            let item = items.get(state.begun).filter(|_| !state.is_broken)?;
            let (count, weight) = (state.begun - state.handed_on, weight(item));
            if count == 0 || count < bounds.count && state.weight.saturating_add(weight) <= bounds.weight {
                state.weight = state.weight.saturating_add(weight);
                state.begun += 1;
                state.results.push_back(None);
                return Some((state.begun - 1, item));
            }
            state.waiting += 1;
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    fn put(&self, at: usize, result: R) {
        let mut state = self.lock();
        let place = at - state.handed_on;
        state.results[place] = Some(result);
    }

    /// Hands on the results that are there, unless another thread is doing so.
    fn hand_on(&self, take: &Mutex<impl FnMut(R)>, weight: impl Fn(usize) -> u64) {
        let mut state = self.lock();
        if std::mem::replace(&mut state.is_taken, true) {
            return;
        }
        while let Some(result) = state.results.front_mut().and_then(Option::take) {
            drop(state);
            take.lock().unwrap_or_else(PoisonError::into_inner)(result);
            state = self.lock();
            state.results.pop_front();
            state.weight = state.weight.saturating_sub(weight(state.handed_on));
            state.handed_on += 1;
            // where nobody waits, the system need not be asked to wake anybody
            if state.waiting > 0 {
                self.changed.notify_all();
            }
        }
        state.is_taken = false;
    }
}

/// Wakes those who wait where a thread panics; the pool hands the panic on once all have ended.
struct End<'l, R>(&'l Line<R>);

impl<R> Drop for End<'_, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().is_broken = true;
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn on_threads<R: Send>(threads: usize, run: impl FnOnce() -> R + Send) -> R {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
    }

    #[test]
    fn results_come_in_their_order_and_no_more_is_under_way_than_allowed() {
        let items: Vec<u64> = (0..500).map(|i| i * 7 % 11).collect();
        for threads in [1, 2, 5] {
            for (count, weight) in [(1, 100), (3, 100), (100, 12), (100, 5), (8, u64::MAX)] {
                let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
                let work = |item: &u64| {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    for _ in 0..*item {
                        std::thread::yield_now();
                    }
                    item * 2
                };
                let mut taken = Vec::new();
                let take = |result| {
                    running.fetch_sub(1, Ordering::SeqCst);
                    taken.push(result);
                };
                on_threads(threads, || in_order(&items, Bounds { count, weight }, |item| *item, work, take));
                assert_eq!(taken, items.iter().map(|item| item * 2).collect::<Vec<_>>());
                assert!(most.into_inner() <= count.min(500), "{threads} threads, {count} at once");
            }
        }
        on_threads(2, || in_order(&[], Bounds { count: 1, weight: 1 }, |_: &u64| 1, |_| (), |()| panic!("nothing")));
    }

    #[test]
    fn what_is_too_heavy_is_done_alone() {
        let items = [5, 100, 5, 100, 100, 1, 2];
        let running = Mutex::new(Vec::new());
        let work = |item: &u64| {
            let mut running = running.lock().unwrap();
            running.push(*item);
            assert!(running.len() == 1 || running.iter().sum::<u64>() <= 10, "{running:?}");
            *item
        };
        let take = |item| running.lock().unwrap().retain(|other| *other != item);
        on_threads(4, || in_order(&items, Bounds { count: 4, weight: 10 }, |item| *item, work, take));
    }

    #[test]
    fn a_panic_ends_all_threads_and_is_handed_on() {
        let items: Vec<u32> = (0..200).collect();
        let bounds = Bounds { count: 4, weight: u64::MAX };
        for broken in [0, 7, 199] {
            let work = |item: &u32| assert_ne!(*item, broken, "the test wants this");
            let run = || on_threads(3, || in_order(&items, bounds, |_| 1, work, |()| {}));
            assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
            let take = |item: u32| assert_ne!(item, broken, "the test wants this");
            let run = || on_threads(3, || in_order(&items, bounds, |_| 1, |item| *item, take));
            assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        }
    }
}
