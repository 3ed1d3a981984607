//! How an agency was resolved, so that it can be shown.

use crate::report::{Agency, Text};

/// An agency and what its place was settled by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// The agency.
    pub agency: Agency,
    /// What settled its place, or what is known about it; empty where nothing is.
    pub proofs: Vec<Proof>,
}

/// One thing that speaks for the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Where it stands.
    pub ground: Ground,
    /// The place it names.
    pub place: String,
    /// What is printed there, in the spelling that names are compared in.
    pub printed: String,
}

/// Where a [`Proof`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The name itself: only one division goes by it.
    OnlyOne,
    /// The name itself prints the places above.
    Name,
    /// The roster.
    Roster,
    /// A folder of the path.
    Folder,
    /// The file's name.
    FileName,
    /// A text of the document: title, breadcrumb, source line, signature.
    Text,
}

impl Proof {
    pub(super) fn new(ground: Ground, place: &str, printed: &str) -> Self {
        Self { ground, place: place.to_owned(), printed: printed.to_owned() }
    }

    /// In words.
    pub fn describe(&self) -> Text {
        let (place, printed) = (&self.place, &self.printed);
        let (zh, en) = match self.ground {
            Ground::OnlyOne => (format!("名称唯一：{place}"), format!("only one division is called {place}")),
            Ground::Name => (format!("名称中写明{place}"), format!("the name itself says {place}")),
            Ground::Roster => (format!("名录：{printed}"), format!("the roster has {printed}")),
            Ground::Folder => (format!("文件夹“{printed}”：{place}"), format!("folder {printed}: {place}")),
            Ground::FileName => (format!("文件名“{printed}”：{place}"), format!("file name {printed}: {place}")),
            Ground::Text => (format!("文中“{printed}”：{place}"), format!("the document's text {printed}: {place}")),
        };
        Text::new(zh, en)
    }
}
