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
    let bytes = html.as_bytes();
    let begin = blank(bytes);
    let mut end = begin;
    while bytes.get(end).is_some_and(|b| !matches!(b, b'<' | b'&'))
        && let Some(length) = printed(&bytes[end..])
    {
        end += length;
    }
    let mut length = end + blank(&bytes[end..]);
    let is_folded = bytes.get(length) == Some(&b'<');
    if !is_folded {
        end += memchr2(b'<', b'&', &bytes[end..])?;
        length = end;
    }
    match bytes[length..] {
        [b'<', b'/', b't', b'd' | b'h', b'>', ..] => length += 5,
        // These end a cell that is still open.
        [b'<', b't', b'd' | b'h' | b'r', b'>', ..] | [b'<', b'/', b't', b'r', b'>', ..] => {}
        _ => return None,
    }
    Some(PlainCell { text: &html[begin..end], is_folded, length })
}

/// The length of the white space that a text begins with.
fn blank(text: &[u8]) -> usize {
    let mut length = 0;
    loop {
        match text[length..] {
            [first, ..] if is_space(first) => length += 1,
            [b'&', b'n', b'b', b's', b'p', b';', ..] => length += 6,
            _ => return length,
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
