//! The columns of a panel: their names, types and meanings, in order. The codebook is written from this list.

use super::frame::ColumnType;
use crate::form::{Figure, Unit, forms};
use crate::report::Text;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is known of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its name in frames, SQL and files.
    pub name: String,
    /// Its type.
    pub kind: ColumnType,
    /// What it means.
    pub meaning: Text,
    /// The unit, empty where there is none.
    pub unit: Text,
    /// Where its values come from.
    pub source: Text,
}

/// Columns before the figures, in order: name, type, meaning, source.
const BEFORE: [(&str, ColumnType, &str, &str, Source); 22] = [
    ("path", ColumnType::Text, "文件路径", "path of the file", Source::File),
    ("agency", ColumnType::Text, "机关名称（原文）", "name of the agency as printed", Source::Printed),
    ("agency_id", ColumnType::Text, "机关标识，各年相同", "id of the agency, the same in all years", Source::Resolved),
    ("division", ColumnType::Text, "所在地行政区划代码", "division code of its place", Source::Resolved),
    ("province", ColumnType::Text, "省级行政区", "province", Source::Resolved),
    ("prefecture", ColumnType::Text, "地级行政区", "prefecture", Source::Resolved),
    ("county", ColumnType::Text, "县级行政区", "county", Source::Resolved),
    ("level", ColumnType::Text, "层级", "level: central, province, prefecture, county, township", Source::Resolved),
    ("kind", ColumnType::Text, "机关类型", "kind: government, department, subdistrict, other", Source::Resolved),
    ("year", ColumnType::Whole, "报告年度", "year reported on", Source::Printed),
    ("form", ColumnType::Text, "报告格式", "form: cn-2019, cn-2021, mixed", Source::Extracted),
    ("published", ColumnType::Day, "发布日期", "date of publication", Source::Printed),
    ("township", ColumnType::Text, "乡镇、街道", "township", Source::Resolved),
    ("candidates", ColumnType::Text, "可能的行政区划代码", "division codes it may be, unsettled", Source::Resolved),
    ("title", ColumnType::Text, "标题（原文）", "title as printed", Source::Printed),
    ("part", ColumnType::Whole, "文件中的第几份报告", "which report of the file, from 1", Source::File),
    ("hash", ColumnType::Text, "文件 blake3 哈希值", "blake3 hash of the file", Source::File),
    ("format", ColumnType::Text, "文件格式", "format of the file", Source::File),
    ("form_table_2", ColumnType::Text, "表二所用格式", "form of table 2", Source::Extracted),
    ("form_table_3", ColumnType::Text, "表三所用格式", "form of table 3", Source::Extracted),
    ("form_table_4", ColumnType::Text, "表四所用格式", "form of table 4", Source::Extracted),
    (
        "kept",
        ColumnType::Flag,
        "是否采用（同一机关同一年度取一份）",
        "whether it stands for its agency and year",
        Source::Chosen,
    ),
];

/// Columns behind the figures.
const AFTER: [(&str, ColumnType, &str, &str, Source); 10] = [
    ("cells_blank", ColumnType::Text, "空白的指标", "figures whose cell is blank", Source::Extracted),
    (
        "cells_dash",
        ColumnType::Text,
        "以“/”“-”“无”填写的指标",
        "figures printed as a dash (value 0)",
        Source::Extracted,
    ),
    ("cells_remark", ColumnType::Text, "带备注的指标", "figures with a remark or unit", Source::Extracted),
    ("cells_unreadable", ColumnType::Text, "无法读取的指标", "figures that could not be read", Source::Extracted),
    (
        "cells_not_asked",
        ColumnType::Text,
        "缺表中格式未要求的指标",
        "figures not asked, where their table is not there to tell",
        Source::Extracted,
    ),
    (
        "cells_no_table",
        ColumnType::Text,
        "有表而指标无处可寻",
        "figures without a table, where another part of it is there",
        Source::Extracted,
    ),
    (
        "cells_printed",
        ColumnType::Text,
        "指标原文（JSON）",
        "printed texts that are not plain numbers, as JSON",
        Source::Printed,
    ),
    ("tables_missing", ColumnType::Text, "缺少的表", "tables that are missing (2 3 4)", Source::Extracted),
    ("tables_blank", ColumnType::Text, "完全空白的表", "tables with no cell filled", Source::Extracted),
    ("tables_unreadable", ColumnType::Text, "无法读取的表", "tables of which no row could be read", Source::Extracted),
];

/// Where the first figure stands.
pub(super) const FIRST_FIGURE: usize = BEFORE.len();

#[derive(Clone, Copy)]
enum Source {
    File,
    Printed,
    Extracted,
    Resolved,
    Chosen,
}

impl Source {
    fn text(self) -> Text {
        match self {
            Self::File => Text::new("文件", "the file"),
            Self::Printed => Text::new("报告原文", "printed in the report"),
            Self::Extracted => Text::new("由报告表格判定", "told from the report's tables"),
            Self::Resolved => Text::new("由名称、路径及名录判定", "resolved from name, path and roster"),
            Self::Chosen => Text::new("本程序判定", "chosen by this program"),
        }
    }
}

/// All columns of a panel, in order.
///
/// ```
/// let names: Vec<&str> = gongkai::panel::columns().iter().map(|c| c.name.as_str()).collect();
/// assert_eq!(&names[..4], ["path", "agency", "agency_id", "division"]);
/// assert!(names.contains(&"received_total"));
/// ```
pub fn columns() -> &'static [ColumnInfo] {
    static COLUMNS: LazyLock<Vec<ColumnInfo>> = LazyLock::new(|| {
        let plain = |(name, kind, zh, en, source): (&str, ColumnType, &str, &str, Source)| ColumnInfo {
            name: name.to_owned(),
            kind,
            meaning: Text::new(zh, en),
            unit: Text::default(),
            source: source.text(),
        };
        let mut columns: Vec<ColumnInfo> = BEFORE.into_iter().map(plain).collect();
        columns.extend(forms().figures.iter().map(figure_column));
        columns.extend(AFTER.into_iter().map(plain));
        columns
    });
    &COLUMNS
}

/// The position of the column of that name.
///
/// # Panics
/// When there is none: only names written in this program are asked for.
pub(crate) fn position(name: &str) -> usize {
    static PLACES: LazyLock<BTreeMap<&str, usize>> =
        LazyLock::new(|| columns().iter().enumerate().map(|(i, c)| (c.name.as_str(), i)).collect());
    PLACES.get(name).copied().unwrap_or_else(|| panic!("no column {name} in the panel"))
}

fn figure_column(figure: &Figure) -> ColumnInfo {
    let unit = match figure.unit {
        Unit::Count => Text::new("件", "count"),
        Unit::Wan => Text::new("万元", "10,000 CNY"),
        Unit::CnyOrWan => Text::new("元或万元（表中未注明）", "CNY or 10,000 CNY (the form prints no unit)"),
    };
    let label = [figure.row_label.as_str(), figure.column_label.as_str()];
    let label: Vec<&str> = label.into_iter().filter(|l| !l.is_empty()).collect();
    let forms_of = figure.printed_in.join(", ");
    let article = |zh: &str, en: &str| match figure.article.as_str() {
        "" => (String::new(), String::new()),
        article => (format!("{zh}{article}"), format!("{en}{article}")),
    };
    let (article_zh, article_en) = article("；《条例》条款 ", "; article ");
    ColumnInfo {
        name: figure.name.clone(),
        kind: ColumnType::Number,
        meaning: Text::new(label.join("｜"), figure.english.clone()),
        unit,
        source: Text::new(
            format!("表{}（{forms_of}）{article_zh}", ["", "一", "二", "三", "四"][usize::from(figure.table.min(4))]),
            format!("table {} ({forms_of}){article_en}", figure.table),
        ),
    }
}
