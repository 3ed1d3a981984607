//! A peer group made ready to be scored under many methods.

use super::aggregate::mean_column;
use super::group::Group;
use super::method::Method;
use super::places::doubled_middles;
use super::tree::{Averages, Tree, edge_of_indicator, own_weights};
use super::{Aggregation, Direction, Normalisation, Scale};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One way of ranking among those that the method allows for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    /// The weights of the indicators, then of the dimensions, by their positions in the method.
    pub(super) weights: Vec<f64>,
    /// 0 for the method's own normalisations, else 1 + the position among those that are drawn from.
    pub(super) normalisation: usize,
    pub(super) aggregation: Aggregation,
    /// The indicator left out, by its position in the method.
    pub(super) left_out: Option<usize>,
}

impl Choice {
    /// The method as it stands.
    pub(super) fn own(method: &Method) -> Self {
        Self { weights: own_weights(method), normalisation: 0, aggregation: method.aggregation, left_out: None }
    }

    /// The same with an indicator left out.
    pub(super) fn without(mut self, indicator: usize) -> Self {
        self.left_out = Some(indicator);
        self
    }
}

/// Room for one thread to work in.
pub(super) struct Room {
    averages: Averages,
    order: Vec<(i64, u32)>,
}

/// A peer group with the columns of every normalisation and aggregation that is needed.
pub(super) struct Model<'m> {
    pub(super) method: &'m Method,
    pub(super) group: &'m Group,
    pub(super) tree: Tree,
    /// The scales of the method's own normalisations, for each indicator in use.
    pub(super) scales: Vec<Option<Scale>>,
    columns: BTreeMap<(usize, Aggregation), Vec<Vec<f64>>>,
}

impl<'m> Model<'m> {
    /// Makes the columns: those of the method's own, and those that are drawn from if `drawn`.
    pub(super) fn new(method: &'m Method, group: &'m Group, drawn: bool) -> Self {
        let mut needed = vec![(0, method.aggregation)];
        if drawn {
            for normalisation in 1..=method.uncertainty.normalisations.len() {
                needed.extend(method.uncertainty.aggregations.iter().map(|a| (normalisation, *a)));
            }
        }
        needed.sort_unstable();
        needed.dedup();
        let made: Vec<Vec<Vec<f64>>> = needed
            .par_iter()
            .map(|(normalisation, aggregation)| columns(method, group, *normalisation, *aggregation))
            .collect();
        let scale = |(indicator, values): (&usize, &Vec<f64>)| {
            let (how, direction) = how(method, *indicator, 0);
            Scale::new(how, direction, values)
        };
        Self {
            method,
            group,
            tree: Tree::new(method, &group.active),
            scales: group.active.iter().zip(&group.values).map(scale).collect(),
            columns: needed.into_iter().zip(made).collect(),
        }
    }

    /// The number of agencies.
    pub(super) fn len(&self) -> usize {
        self.group.members.len()
    }

    pub(super) fn room(&self) -> Room {
        Room { averages: self.tree.room(self.len()), order: Vec::with_capacity(self.len()) }
    }

    /// The columns of the method's own normalisations, in the space in which its aggregation is an arithmetic mean.
    pub(super) fn own_columns(&self) -> &[Vec<f64>] {
        self.columns.get(&(0, self.method.aggregation)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The averages up to the index, in the space in which the aggregation is an arithmetic mean.
    pub(super) fn averages<'r>(&self, choice: &Choice, room: &'r mut Room) -> &'r Averages {
        let mut weights = choice.weights.clone();
        if let Some(weight) = choice.left_out.and_then(|i| weights.get_mut(edge_of_indicator(i))) {
            *weight = 0.0;
        }
        let key = (choice.normalisation, choice.aggregation);
        let columns = self.columns.get(&key).map(Vec::as_slice).unwrap_or_default();
        self.tree.average(columns, &weights, choice.aggregation, &mut room.averages);
        &room.averages
    }

    /// Twice the middle rank of each agency under a choice; 0 for one that has no score under it.
    pub(super) fn ranks(&self, choice: &Choice, room: &mut Room) -> Vec<u32> {
        self.averages(choice, room);
        doubled_middles(room.averages.index(), &mut room.order)
    }
}

/// How an indicator is normalised under a choice.
fn how(method: &Method, indicator: usize, choice: usize) -> (Normalisation, Direction) {
    let own = method.indicators.get(indicator);
    let direction = own.map_or(Direction::Higher, |i| i.direction);
    let drawn = choice.checked_sub(1).and_then(|c| method.uncertainty.normalisations.get(c).copied());
    (drawn.or(own.map(|i| i.normalisation)).unwrap_or(method.normalisation), direction)
}

fn columns(method: &Method, group: &Group, normalisation: usize, aggregation: Aggregation) -> Vec<Vec<f64>> {
    let column = |(indicator, values): (&usize, &Vec<f64>)| {
        let (how, direction) = how(method, *indicator, normalisation);
        match Scale::new(how, direction, values) {
            Some(scale) => mean_column(&scale, values, how, aggregation),
            // Fractions of a maximum that is not above 0: says nothing.
            None => vec![f64::NAN; values.len()],
        }
    };
    group.active.iter().zip(&group.values).map(column).collect()
}
