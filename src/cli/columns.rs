//! Text in columns of a terminal, where a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for what was cut off.
const GAP: char = '…';
/// Columns between two columns of a table.
const BETWEEN: usize = 2;

/// At most so wide, the rest replaced by an ellipsis.
pub(super) fn shorten(text: &str, widest: usize) -> String {
    if text.width() <= widest {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut width = 0;
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width >= widest {
            break;
        }
        out.push(c);
    }
    out.push(GAP);
    out
}

/// A text in lines of at most `width`, those after the first set in by `indent`. Lines end at spaces, or between Chinese
/// characters, but not before a mark that cannot begin a line.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let wide = piece.trim_end().width();
        if used > 0 && used + wide > width {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            used = indent;
        }
        out.push_str(piece);
        used += piece.width();
    }
    out.truncate(out.trim_end().len());
    out
}

/// The parts of a text that stand on one line.
fn pieces(text: &str) -> Vec<&str> {
    let wide = |c: char| c.width() == Some(2);
    let mut out = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_break = before.is_some_and(|b| {
            let clings = "，。；：、？！）”》…％%".contains(c) || "（“《".contains(b);
            !clings && (b == ' ' || wide(b) || wide(c)) && c != ' '
        });
        if may_break {
            out.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    out.push(&text[start..]);
    out
}

/// A table whose last column takes what room is left: all other cells are as wide as they are. The first row is the head;
/// the columns of `right` stand to the right.
pub(super) fn table(rows: &[Vec<String>], right: &[usize], width: usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|text| text.width()).max().unwrap_or(0))
        .collect();
    let before: usize = widths.iter().take(count.saturating_sub(1)).map(|width| width + BETWEEN).sum();
    let room = width.saturating_sub(before).max(10);
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (text, width)) in row.iter().zip(&widths).enumerate() {
            if column + 1 == count {
                line.push_str(&shorten(text, room));
                continue;
            }
            let gap = " ".repeat(width.saturating_sub(text.width()));
            if right.contains(&column) {
                line.push_str(&gap);
                line.push_str(text);
            } else {
                line.push_str(text);
                line.push_str(&gap);
            }
            line.push_str(&" ".repeat(BETWEEN));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_asked_and_nothing_is_lost() {
        let zh = "只有 45 % 的权重有可用数值，低于 60 %（公开率：案件数2低于下限10；不予公开率：分母为零）".repeat(3);
        let en = "only 45 % of the weight rests on usable values, below 60 % (disclosure_rate: 2 cases)".repeat(3);
        for text in [zh.as_str(), &en] {
            for width in [40, 57, 80] {
                let wrapped = wrap(text, width, 4);
                assert!(wrapped.lines().all(|line| line.width() <= width), "{wrapped}");
                assert!(!wrapped.lines().any(|line| line.trim_start().starts_with(['，', '；', '）'])), "{wrapped}");
                let strip = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(strip(&wrapped), strip(text));
            }
        }
    }

    #[test]
    fn a_table_fits_by_cutting_its_last_column() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["名次", "得分", "机关"]), row(["1–12", "7.5", "望川县自然资源和规划局（林业局）"])];
        let shown = table(&rows, &[1], 30);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "名次  得分  机关");
        assert!(lines[1].starts_with("1–12   7.5  望川县") && lines[1].ends_with('…'), "{shown}");
        assert!(lines.iter().all(|line| line.width() <= 30), "{shown}");
    }
}
