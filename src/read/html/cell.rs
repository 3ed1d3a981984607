//! Cells that hold nothing but text, as most do.

use memchr::memchr2;

use super::super::fold::printed;
use super::part::is_space;

/// A cell from the end of its start tag on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainCell<'h> {
    pub text: &'h str,
    /// Whether the text is folded as it stands.
    pub is_folded: bool,
    /// How far the cell goes, its end tag included where it has one.
    pub length: usize,
}

/// The cell whose start tag ends where the text begins, where it holds nothing but text and what follows ends it.
pub(super) fn plain(html: &str) -> Option<PlainCell<'_>> {
    // most hold one digit
    if let [b'0'..=b'9', b'<', b'/', b't', b'd', b'>', ..] = html.as_bytes() {
        return Some(PlainCell { text: &html[..1], is_folded: true, length: 6 });
    }
    let end = printed_end(html, 0);
    let mut cell = match html.as_bytes().get(end)? {
        b'<' => PlainCell { text: &html[..end], is_folded: true, length: end },
        _ => spaced(html)?,
    };
    match html.as_bytes()[cell.length..] {
        [b'<', b'/', b't', b'd' | b'h', b'>', ..] => cell.length += 5,
        // These end a cell that is still open.
        [b'<', b't', b'd' | b'h' | b'r', b'>', ..] | [b'<', b'/', b't', b'r', b'>', ..] => {}
        _ => return None,
    }
    Some(cell)
}

/// The text up to the next tag, where white space may be in it; `None` where it holds a reference within.
fn spaced(html: &str) -> Option<PlainCell<'_>> {
    let begin = blank_end(html, 0);
    let end = printed_end(html, begin);
    let length = blank_end(html, end);
    if html.as_bytes().get(length) == Some(&b'<') {
        return Some(PlainCell { text: &html[begin..end], is_folded: true, length });
    }
    let length = end + memchr2(b'<', b'&', &html.as_bytes()[end..])?;
    Some(PlainCell { text: &html[begin..length], is_folded: false, length })
}

/// Where what is printed without a break ends.
fn printed_end(text: &str, begin: usize) -> usize {
    begin + printed(&text.as_bytes()[begin..])
}

/// Where the white space ends that stands at a place.
fn blank_end(text: &str, begin: usize) -> usize {
    let mut end = begin;
    loop {
        match text.as_bytes()[end..] {
            [first, ..] if is_space(first) => end += 1,
            [b'&', b'n', b'b', b's', b'p', b';', ..] => end += 6,
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PlainCell, plain};

    #[test]
    fn a_cell_is_plain_up_to_its_end_tag_or_the_next_cell_or_row() {
        let cell = |text, is_folded, length| Some(PlainCell { text, is_folded, length });
        assert_eq!(plain("0</td><td>"), cell("0", true, 6));
        assert_eq!(plain("</th>"), cell("", true, 5));
        assert_eq!(plain("、（一）<td>"), cell("、（一）", true, 12));
        assert_eq!(plain("\n &nbsp;12&nbsp;\n</tr>"), cell("12", true, 17));
        assert_eq!(plain("a  b <tr>"), cell("a  b ", false, 5));
        assert_eq!(plain("\u{3000}1</td>"), cell("\u{3000}1", false, 9));
    }

    #[test]
    fn a_cell_that_holds_more_than_text_is_not_plain() {
        for html in ["", "0", "0<", "0<br></td>", "0<!-- --></td>", "1&nbsp;2</td>", "&lt;</td>", "0</td ", "0<tdx>"] {
            assert_eq!(plain(html), None, "{html}");
        }
    }
}
