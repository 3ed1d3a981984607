//! The corpus keeps its promises.
