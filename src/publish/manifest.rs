//! `manifest.json`: what a folder of outputs was made of and by what, enough to repeat the run and to tell what
//! has changed since another. It holds no time, no machine's paths and no number of threads, so that the same
//! inputs give the same bytes.

use super::folder::PROGRAM;
use crate::report::{Lang, Year};
use serde::Serialize;
use std::collections::BTreeMap;

/// The manifest of an output folder.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    /// Always `gongkai`: by it the folder is known as this program's own.
    program: &'static str,
    version: &'static str,
    /// What was asked for, as far as it decides the outputs.
    pub options: Options,
    /// blake3 hash of every form file, by its path within the project.
    pub forms: BTreeMap<String, String>,
    /// blake3 hash of every metric's SQL file, by the metric's id.
    pub metrics: BTreeMap<String, String>,
    /// How agencies were ranked; none where they were not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking: Option<RankingEntry>,
    /// The files looked at, in the order of their names; in a folder that is made to be published without names, in the
    /// order of their hashes.
    pub inputs: Vec<InputEntry>,
    /// blake3 hash of every other file of the folder.
    pub outputs: BTreeMap<String, String>,
}

/// Options that decide the outputs.
#[derive(Debug, Clone, Serialize)]
pub struct Options {
    /// Language of the outputs.
    pub lang: Lang,
    /// Whether CSV files begin with a byte order mark.
    pub bom: bool,
    /// blake3 hash of the roster, if one was given.
    pub roster: Option<String>,
    /// Whether what speaks of single agencies is held back.
    pub publish_safe: bool,
}

/// How agencies were ranked.
#[derive(Debug, Clone, Serialize)]
pub struct RankingEntry {
    /// The year.
    pub year: Year,
    /// What the method is called.
    pub method: String,
    /// blake3 hash of the method's file, which is `ranking/method.toml`.
    pub hash: String,
    /// Number of random methods.
    pub draws: usize,
    /// The seed that they were drawn with: a hash of the method and of what was ranked.
    pub seed: String,
}

/// One file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputEntry {
    /// Its name, as in the column `path` of the data.
    pub path: String,
    /// blake3 hash of its bytes; `None` where they could not be read.
    pub hash: Option<String>,
    /// How many reports were found in it.
    pub reports: u32,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

impl Manifest {
    /// A manifest of this program's version and forms, without outputs as yet.
    pub fn new(options: Options, metrics: BTreeMap<String, String>, inputs: Vec<InputEntry>) -> Self {
        let forms = crate::form::FORM_FILES.iter().map(|(path, text)| ((*path).to_owned(), hash(text.as_bytes())));
        Self {
            program: PROGRAM,
            version: env!("CARGO_PKG_VERSION"),
            options,
            forms: forms.collect(),
            metrics,
            ranking: None,
            inputs,
            outputs: BTreeMap::new(),
        }
    }

    /// Holds back the names of the inputs: they name agencies. Their hashes are enough to tell that they are the same.
    pub fn withhold_names(&mut self) {
        for input in &mut self.inputs {
            input.path.clear();
        }
        self.inputs.sort_by(|a, b| (&a.hash, a.reports).cmp(&(&b.hash, b.reports)));
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// Never, for these types.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// blake3 hash in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_program_version_forms_and_inputs() {
        let input = InputEntry { path: "a.html".into(), hash: Some(hash(b"x")), reports: 1, unreadable: None };
        let options = Options { lang: Lang::Zh, bom: true, roster: None, publish_safe: false };
        let manifest = Manifest::new(options, BTreeMap::new(), vec![input]);
        let json: serde_json::Value = serde_json::from_slice(&manifest.to_json().unwrap()).unwrap();
        assert_eq!(json["program"], "gongkai");
        assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(json["inputs"][0]["hash"].as_str().map(str::len), Some(64));
        assert_eq!(json["forms"].as_object().map(serde_json::Map::len), Some(crate::form::FORM_FILES.len()));
        assert!(json["inputs"][0].get("unreadable").is_none());
    }
}
