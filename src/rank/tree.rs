//! The tree of means, with what of it is in use, in an order that does not depend on that of the file.

use super::Aggregation;
use super::aggregate::{add_column, divide, shares_won};
use super::method::Method;

/// What a mean is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Position among the indicators in use.
    Indicator(usize),
    /// Position among the nodes.
    Node(usize),
}

/// One thing that a mean is made of.
#[derive(Debug, Clone, Copy)]
struct Child {
    source: Source,
    /// Where its weight stands: see [`edge_of_indicator`] and [`edge_of_dimension`].
    edge: usize,
}

#[derive(Debug, Clone)]
struct Node {
    /// The method's dimension; none for the index.
    dimension: Option<usize>,
    children: Vec<Child>,
}

/// The tree: parts stand before what is made of them, and the index last.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    dimensions: usize,
}

/// Where the weight of an indicator stands among all weights.
pub(super) fn edge_of_indicator(position: usize) -> usize {
    position
}

/// Where the weight of a dimension stands among all weights.
pub(super) fn edge_of_dimension(method: &Method, position: usize) -> usize {
    method.indicators.len() + position
}

/// The method's own weights: those of the indicators, then those of the dimensions.
pub(super) fn own_weights(method: &Method) -> Vec<f64> {
    method.indicators.iter().map(|i| i.weight).chain(method.dimensions.iter().map(|d| d.weight)).collect()
}

/// The indicators' positions by their ids, so that the order of the file is of no consequence.
pub(super) fn by_id(method: &Method) -> Vec<usize> {
    let mut order: Vec<usize> = (0..method.indicators.len()).collect();
    order.sort_by_cached_key(|i| method.indicators.get(*i).map(super::Indicator::id));
    order
}

/// The dimensions' positions by their ids.
pub(super) fn dimensions_by_id(method: &Method) -> Vec<usize> {
    let mut order: Vec<usize> = (0..method.dimensions.len()).collect();
    order.sort_by_cached_key(|d| method.dimensions.get(*d).map(|d| d.id.clone()));
    order
}

impl Tree {
    /// The tree of the indicators in use, given by their positions in the method.
    pub(super) fn new(method: &Method, active: &[usize]) -> Self {
        let mut tree = Self { nodes: Vec::new(), dimensions: method.dimensions.len() };
        let root = tree.children(method, active, None);
        tree.nodes.push(Node { dimension: None, children: root });
        tree
    }

    /// What a dimension (or the index) is made of; adds the nodes below it.
    fn children(&mut self, method: &Method, active: &[usize], parent: Option<usize>) -> Vec<Child> {
        let mut children = Vec::new();
        for (place, position) in active.iter().enumerate() {
            if method.indicators.get(*position).is_some_and(|i| Some(i.dimension) == parent) {
                children.push(Child { source: Source::Indicator(place), edge: edge_of_indicator(*position) });
            }
        }
        for position in dimensions_by_id(method) {
            if method.dimensions.get(position).is_some_and(|d| d.parent == parent) {
                let below = self.children(method, active, Some(position));
                if !below.is_empty() {
                    self.nodes.push(Node { dimension: Some(position), children: below });
                    let source = Source::Node(self.nodes.len() - 1);
                    children.push(Child { source, edge: edge_of_dimension(method, position) });
                }
            }
        }
        children
    }

    /// The dimension of each node; none for the index.
    pub(super) fn dimension(&self, node: usize) -> Option<usize> {
        self.nodes.get(node).and_then(|n| n.dimension)
    }

    /// Averages the columns of the indicators in use up to the index. `out` takes a column for each node; what is missing
    /// is NaN.
    pub(super) fn average(&self, columns: &[Vec<f64>], weights: &[f64], how: Aggregation, out: &mut Averages) {
        let last = self.nodes.len().saturating_sub(1);
        for (at, node) in self.nodes.iter().enumerate() {
            let (below, rest) = out.nodes.split_at_mut(at);
            let Some(sums) = rest.first_mut() else { return };
            sums.fill(0.0);
            out.totals.fill(0.0);
            for child in &node.children {
                let weight = weights.get(child.edge).copied().unwrap_or(0.0);
                let column = match child.source {
                    Source::Indicator(place) => columns.get(place),
                    Source::Node(place) if how == Aggregation::Copeland => out.won.get(place),
                    Source::Node(place) => below.get(place),
                };
                if let Some(column) = column.filter(|_| weight > 0.0) {
                    add_column(sums, &mut out.totals, column, weight);
                }
            }
            divide(sums, &out.totals);
            if how == Aggregation::Copeland
                && at < last
                && let Some(won) = out.won.get_mut(at)
            {
                won.copy_from_slice(sums);
                shares_won(won);
            }
        }
    }

    /// The weight in the index of each indicator in use that is `there`, weights of the others falling to their
    /// siblings; they sum to 1, or to 0 where none is there.
    pub(super) fn leaf_weights(&self, weights: &[f64], there: &[bool]) -> Vec<f64> {
        let alive: Vec<bool> = self.alive(there);
        let here = |child: &Child| match child.source {
            Source::Indicator(place) => there.get(place).copied().unwrap_or(false),
            Source::Node(place) => alive.get(place).copied().unwrap_or(false),
        };
        let mut share = vec![0.0; self.nodes.len()];
        let mut leaves = vec![0.0; there.len()];
        if let Some(root) = share.last_mut() {
            *root = 1.0;
        }
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let own = share.get(at).copied().unwrap_or(0.0);
            let weight = |child: &Child| weights.get(child.edge).copied().unwrap_or(0.0);
            let total: f64 = node.children.iter().filter(|c| here(c)).map(weight).sum();
            for child in node.children.iter().filter(|c| here(c) && total > 0.0) {
                let part = own * weight(child) / total;
                let place = match child.source {
                    Source::Indicator(place) => leaves.get_mut(place),
                    Source::Node(place) => share.get_mut(place),
                };
                if let Some(place) = place {
                    *place = part;
                }
            }
        }
        leaves
    }

    /// Whether anything below a node is there.
    fn alive(&self, there: &[bool]) -> Vec<bool> {
        let mut alive: Vec<bool> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let any = node.children.iter().any(|child| match child.source {
                Source::Indicator(place) => there.get(place).copied().unwrap_or(false),
                Source::Node(place) => alive.get(place).copied().unwrap_or(false),
            });
            alive.push(any);
        }
        alive
    }

    /// Room for the averages of `n` agencies.
    pub(super) fn room(&self, n: usize) -> Averages {
        let columns = || vec![vec![0.0; n]; self.nodes.len()];
        Averages { nodes: columns(), won: columns(), totals: vec![0.0; n] }
    }

    /// How many dimensions the method has.
    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }
}

/// A column for each node of a tree, and room to work in.
#[derive(Debug, Clone)]
pub(super) struct Averages {
    /// The averages; the last is the index.
    pub(super) nodes: Vec<Vec<f64>>,
    /// For Copeland: the shares of comparisons won in them.
    won: Vec<Vec<f64>>,
    totals: Vec<f64>,
}

impl Averages {
    /// The index.
    pub(super) fn index(&self) -> &[f64] {
        self.nodes.last().map(Vec::as_slice).unwrap_or_default()
    }
}
