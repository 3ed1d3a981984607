//! What an agency is like in all its years.

use super::body::Body;
use super::data::{KindModel, model};
use super::random::{Stream, Subject};

/// How much an agency has to report at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Temper {
    /// Prints zeros everywhere, year after year.
    Silent,
    /// Has documents and decisions but no requests.
    Quiet,
    /// Has requests too.
    Active,
}

/// How an agency's numbers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    Plain,
    Thousands,
    FullWidth,
}

/// The lasting traits of an agency.
pub(super) struct Profile {
    pub kind: &'static KindModel,
    pub temper: Temper,
    pub requests: f64,
    pub documents: f64,
    pub licences: f64,
    pub penalties: f64,
    pub coercions: f64,
    pub fees: f64,
    /// Items of licence, service, penalty, coercion and fee at the end of 2018.
    pub items: [usize; 5],
    /// How the agency leans towards each outcome, as a factor of its weight, in the order of the form.
    pub leanings: Vec<f64>,
    pub digits: Digits,
    /// Which unit it prints behind the procurement amount, if any.
    pub amount_unit: Option<usize>,
    pub title: usize,
    pub date: usize,
    pub date_only_in_signature: bool,
    /// Last year for which it still used the form of 2019.
    pub last_old_form: i32,
}

impl Profile {
    pub(super) fn of(seed: u64, body: &Body, outcomes: usize) -> Self {
        let mut chance = Stream::new(seed, body.index, 0, Subject::Profile);
        let kind = kind_model(body.truth_kind);
        let point = chance.unit();
        let temper = if point < kind.silent {
            Temper::Silent
        } else if point < kind.silent + kind.quiet {
            Temper::Quiet
        } else {
            Temper::Active
        };
        let around = |chance: &mut Stream, [median, spread]: [f64; 2]| chance.around(median, spread);
        let requests = around(&mut chance, kind.requests);
        let documents = around(&mut chance, kind.documents);
        let licences = around(&mut chance, kind.licences);
        let penalties = around(&mut chance, kind.penalties);
        let fees = if chance.chance(0.5) { around(&mut chance, kind.fees) } else { 0.0 };
        let coercions = if chance.chance(0.4) { penalties * 0.05 } else { 0.0 };
        let mut items = [0; 5];
        if temper != Temper::Silent {
            for (item, mean) in items.iter_mut().zip([18.0, 9.0, 40.0, 3.0, 1.5]) {
                let share = if body.truth_kind == "town" { 0.35 } else { 1.0 };
                *item = if chance.chance(0.75) { chance.poisson(mean * share) } else { 0 };
            }
        }
        let leanings = (0..outcomes).map(|_| chance.around(1.0, 0.45)).collect();
        let digits = match chance.below(40) {
            0 => Digits::FullWidth,
            1..=3 => Digits::Thousands,
            _ => Digits::Plain,
        };
        let amount_unit = chance.chance(0.2).then(|| chance.below(2));
        let title = chance.below(1000);
        let date = chance.below(1000);
        let date_only_in_signature = chance.chance(0.12);
        let last_old_form = match chance.below(50) {
            0..=2 => 2021,
            3 => 2022,
            _ => 2020,
        };
        Self {
            kind,
            temper,
            requests,
            documents,
            licences,
            penalties,
            coercions,
            fees,
            items,
            leanings,
            digits,
            amount_unit,
            title,
            date,
            date_only_in_signature,
            last_old_form,
        }
    }
}

fn kind_model(kind: &str) -> &'static KindModel {
    model().kinds.get(kind).expect("a test reads the model of every kind")
}
