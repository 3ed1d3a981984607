//! The ways in which reports are written down.

/// How a report is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Tidy HTML with row and column spans.
    HtmlClean,
    /// HTML as a word processor exports it, one `<span>` a digit; GB 18030 called gb2312.
    HtmlWord,
    /// HTML inside layout tables, with numbers in the sidebar.
    HtmlNested,
    /// HTML with no-break spaces around the numbers and in blank cells.
    HtmlBlank,
    /// HTML in GBK with half-width brackets and spaces in labels.
    HtmlGbk,
    /// HTML with header cells and without closing tags.
    HtmlThead,
    /// HTML whose spans were dropped: empty cells stand where a span was.
    HtmlSpanless,
    /// Text with a cell a line and blank lines between.
    TxtFlat,
    /// Text with tabs between the cells.
    TxtTab,
    /// Markdown tables.
    MdPipe,
    /// HTML with a leading empty column and headers that are repeated inside the table.
    HtmlMargin,
    /// HTML with tables 2 to 4, and the headings between them, in one `<table>`.
    HtmlOneTable,
    /// HTML with a `<table>` a block.
    HtmlBlocks,
    /// HTML in which cells are missing from a row: what is left of it cannot be placed.
    HtmlVanished,
    /// HTML with labels shortened, misspelt, spaced and with the year in them.
    HtmlLabels,
    /// HTML whose narrow header words are broken over lines.
    HtmlSplit,
    /// HTML with a row in table 3 that no form has.
    HtmlExtraRow,
    /// HTML with broken no-break spaces (`? 0`), full-width digits, separators and long numbers.
    HtmlNumbers,
    /// HTML with remarks and units in the cells and decreases in words (`减3`).
    HtmlRemarks,
    /// HTML whose table 3 is that of the form before: one row of other outcomes.
    HtmlMixed,
    /// HTML that names the agency in the source line only.
    HtmlSource,
    /// HTML that names the agency in the signature only.
    HtmlSigned,
    /// HTML that names the agency in the breadcrumb only.
    HtmlCrumb,
    /// HTML with spaces in the year and a date whose separators were lost.
    HtmlCrawled,
    /// HTML with the reports of two years on one page.
    HtmlSeveral,
    /// HTML in traditional characters.
    HtmlTraditional,
    /// Text with bars between the cells and no rule under the header.
    TxtPipe,
    /// Text as copied from a PDF: wrapped labels, the numbers of a row on one line, page numbers in between.
    TxtWrapped,
    /// A Word document with cells merged both ways.
    Docx,
    /// A Word document as edited by hand: text in many runs, tracked changes, tables in a layout table.
    DocxWord,
    /// PDF as a word processor exports it.
    Pdf,
    /// A workbook with the report on one sheet, figures as numbers.
    Xlsx,
    /// A workbook with a sheet a table, figures as text.
    XlsxText,
    /// An `OpenDocument` spreadsheet.
    Ods,
    /// A spreadsheet saved as CSV.
    Csv,
    /// A web page saved as one file.
    Mhtml,
    /// A Word document in a ZIP archive, beside what an operating system puts there.
    Zip,
    /// The program's own JSON.
    Json,
}

impl Style {
    /// The styles of `data/reports`, the first of [`Self::EVERY`]; another list would be another sample.
    pub const ALL: &[Self] = Self::EVERY.split_at(10).0;

    /// Every style.
    pub const EVERY: &[Self] = &[
        Self::HtmlClean,
        Self::HtmlWord,
        Self::HtmlNested,
        Self::HtmlBlank,
        Self::HtmlGbk,
        Self::HtmlThead,
        Self::HtmlSpanless,
        Self::TxtFlat,
        Self::TxtTab,
        Self::MdPipe,
        Self::HtmlMargin,
        Self::HtmlOneTable,
        Self::HtmlBlocks,
        Self::HtmlVanished,
        Self::HtmlLabels,
        Self::HtmlSplit,
        Self::HtmlExtraRow,
        Self::HtmlNumbers,
        Self::HtmlRemarks,
        Self::HtmlMixed,
        Self::HtmlSource,
        Self::HtmlSigned,
        Self::HtmlCrumb,
        Self::HtmlCrawled,
        Self::HtmlSeveral,
        Self::HtmlTraditional,
        Self::TxtPipe,
        Self::TxtWrapped,
        Self::Docx,
        Self::DocxWord,
        Self::Pdf,
        Self::Xlsx,
        Self::XlsxText,
        Self::Ods,
        Self::Csv,
        Self::Mhtml,
        Self::Zip,
        Self::Json,
    ];

    /// Its name in `truth.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::HtmlClean => "html-clean",
            Self::HtmlWord => "html-word",
            Self::HtmlNested => "html-nested",
            Self::HtmlBlank => "html-blank",
            Self::HtmlGbk => "html-gbk",
            Self::HtmlThead => "html-thead",
            Self::HtmlSpanless => "html-spanless",
            Self::TxtFlat => "txt-flat",
            Self::TxtTab => "txt-tab",
            Self::MdPipe => "md-pipe",
            Self::HtmlMargin => "html-margin",
            Self::HtmlOneTable => "html-one-table",
            Self::HtmlBlocks => "html-blocks",
            Self::HtmlVanished => "html-vanished",
            Self::HtmlLabels => "html-labels",
            Self::HtmlSplit => "html-split",
            Self::HtmlExtraRow => "html-extra-row",
            Self::HtmlNumbers => "html-numbers",
            Self::HtmlRemarks => "html-remarks",
            Self::HtmlMixed => "html-mixed",
            Self::HtmlSource => "html-source",
            Self::HtmlSigned => "html-signed",
            Self::HtmlCrumb => "html-crumb",
            Self::HtmlCrawled => "html-crawled",
            Self::HtmlSeveral => "html-several",
            Self::HtmlTraditional => "html-traditional",
            Self::TxtPipe => "txt-pipe",
            Self::TxtWrapped => "txt-wrapped",
            Self::Docx => "docx",
            Self::DocxWord => "docx-word",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::XlsxText => "xlsx-text",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Mhtml => "mhtml",
            Self::Zip => "zip",
            Self::Json => "json",
        }
    }

    /// The style of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::EVERY.iter().copied().find(|s| s.name() == name)
    }

    /// The ending of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::TxtFlat | Self::TxtTab | Self::TxtPipe | Self::TxtWrapped => "txt",
            Self::MdPipe => "md",
            Self::Docx | Self::DocxWord => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx | Self::XlsxText => "xlsx",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Mhtml => "mht",
            Self::Zip => "zip",
            Self::Json => "json",
            _ => "html",
        }
    }

    /// Whether blank cells leave no trace in it, so that what else stands in their row cannot be placed.
    pub(super) fn loses_blanks(self) -> bool {
        matches!(self, Self::TxtFlat | Self::TxtWrapped | Self::HtmlVanished)
    }

    /// Whether its files are called by a number, as content systems do, and not by the agency.
    pub(super) fn is_numbered(self) -> bool {
        matches!(self, Self::HtmlSource | Self::HtmlSigned | Self::HtmlCrumb)
    }
}
