//! Why a file could not be read, in words that say what to do next.

use crate::report::Text;

/// How an office program makes a readable file of one that has no reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The ending by which the program knows the format.
    pub from: &'static str,
    /// The ending of the format to make of it.
    pub to: &'static str,
}

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
        /// How an office program can make a readable file of it, where one can.
        office: Option<Box<Office>>,
    },
    /// The file is larger than any report can be.
    #[error("{}", self.message().en)]
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// An archive holds more files than are read.
    #[error("{}", self.message().en)]
    TooManyEntries {
        /// How many are read.
        limit: usize,
    },
    /// The file is of a format that is read, but its content is broken.
    #[error("{}", self.message().en)]
    Damaged {
        /// The format's name, e.g. `DOCX`.
        format: Text,
        /// The part of the file that is broken, where it has parts.
        part: Option<String>,
    },
    /// The file opens only with a password.
    #[error("{}", self.message().en)]
    Encrypted {
        /// The format's name, e.g. `XLSX`.
        format: Text,
    },
    /// A document of pictures: a scan without a text layer.
    #[error("{}", self.message().en)]
    NoTextLayer,
    /// Text that is drawn, but of which the file does not say what characters it is.
    #[error("{}", self.message().en)]
    NoCharacters,
}

impl ReadError {
    /// A short stable name for outputs: `empty`, `not_a_document`, `not_yet_readable`, `too_large`, `too_many_entries`,
    /// `damaged`, `encrypted`, `no_text_layer`, `no_characters`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotADocument { .. } => "not_a_document",
            Self::NotYetReadable { .. } => "not_yet_readable",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyEntries { .. } => "too_many_entries",
            Self::Damaged { .. } => "damaged",
            Self::Encrypted { .. } => "encrypted",
            Self::NoTextLayer => "no_text_layer",
            Self::NoCharacters => "no_characters",
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
            Self::NotYetReadable { format, advice, .. } => Text::new(
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
            Self::TooManyEntries { limit } => Text::new(
                format!("其中的文件超过 {limit} 个；请解压后对解压出的文件夹运行"),
                format!("it holds more than {limit} files; unpack it and run on the folder"),
            ),
            Self::Damaged { format, part } => {
                let (zh, en) =
                    part.as_ref().map_or_else(Default::default, |part| (format!("（{part}）"), format!(" ({part})")));
                Text::new(
                    format!("{}文件已损坏{zh}；请重新下载，或用办公软件打开并另存后再运行", format.zh),
                    format!(
                        "the {} file is damaged{en}; download it again, or open it in an office program and save it anew",
                        format.en
                    ),
                )
            }
            Self::Encrypted { format } => Text::new(
                format!("{}文件设有密码；请去除密码后再运行", format.zh),
                format!("the {} file opens only with a password; save it without one and run again", format.en),
            ),
            Self::NoTextLayer => Text::new(
                "只有扫描图像，没有文字层；请向发布机关索取原始文件，或用文字识别（OCR）软件处理并核对后再运行",
                "scanned pages only, no text layer; ask the agency for the original, or run text recognition (OCR) on it, \
                 compare the result with the pages, and run again",
            ),
            Self::NoCharacters => Text::new(
                "其中的文字没有对应的字符编码，无法确认是什么字；请改用报告的网页版或 Word 版，或用文字识别（OCR）软件处理并核对后再运行",
                "it draws its text without saying what characters it is; use the report's web page or Word file, or run \
                 text recognition (OCR) on it, compare the result with the pages, and run again",
            ),
        }
    }
}

/// Whole megabytes (2^20 bytes), rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
