//! Why a file could not be read, in words that say what to do next.

use crate::report::Text;

/// Why a file gave no [`Document`](super::Document).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file has no bytes, or only white space.
    #[error("{}", self.message().en)]
    Empty,
    /// The file is no document at all: an image, a program, a recording.
    #[error("{}", self.message().en)]
    NotADocument {
        /// What it is, e.g. `JPEG image`.
        what: Text,
    },
    /// The format is known, but there is no reader for it yet.
    #[error("{}", self.message().en)]
    NotYetReadable {
        /// The format's name, e.g. `PDF`.
        format: Text,
        /// What the user can do about it now.
        advice: Text,
    },
    /// The file is larger than any report can be.
    #[error("{}", self.message().en)]
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
}

impl ReadError {
    /// A short stable name for outputs: `empty`, `not_a_document`, `not_yet_readable`, `too_large`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotADocument { .. } => "not_a_document",
            Self::NotYetReadable { .. } => "not_yet_readable",
            Self::TooLarge { .. } => "too_large",
        }
    }

    /// What is wrong and what to do now, without the file's name.
    pub fn message(&self) -> Text {
        match self {
            Self::Empty => Text::new(
                "文件是空的，没有任何文字；请重新下载或导出该文件",
                "the file is empty, it holds no text; download or export it again",
            ),
            Self::NotADocument { what } => Text::new(
                format!("不是文档，而是{}；请改用报告的网页或文字版本", what.zh),
                format!("not a document but: {}; use the report's web page or text instead", what.en),
            ),
            Self::NotYetReadable { format, advice } => Text::new(
                format!("暂不支持读取{}格式；{}", format.zh, advice.zh),
                format!("{} cannot be read yet; {}", format.en, advice.en),
            ),
            Self::TooLarge { bytes, limit } => {
                let (size, most) = (megabytes(*bytes), megabytes(*limit));
                Text::new(
                    format!("文件有 {size} MB，超过 {most} MB 的上限；请将其拆分，每个文件只放一份报告"),
                    format!(
                        "the file has {size} MB, more than the {most} MB that are read; split it, one report a file"
                    ),
                )
            }
        }
    }
}

/// Whole megabytes (2^20 bytes), rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
