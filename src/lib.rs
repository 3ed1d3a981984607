//! gongkai (公开, "make public") reads the annual open-government-information reports that every Chinese agency must
//! publish (政府信息公开工作年度报告) and turns them into checked data, metrics over the years and charts.
//!
//! Modules stand in the order of the data; each imports only those above it (`tests/architecture.rs` holds that).

pub mod stats;

pub mod form;

pub mod report;

pub mod agency;

pub mod read;

pub mod extract;

pub mod check;

pub mod panel;

pub mod measure;

pub mod rank;

pub mod chart;

pub mod publish;

pub mod synth;

pub mod pipeline;

pub mod cli;
