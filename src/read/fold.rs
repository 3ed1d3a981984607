//! White space, folded the same way in every format.

/// Appends `raw` to `out` with every run of white space as one space, trimmed at both ends, and without control
/// and zero-width characters (they are not printed, and a cell that holds only them is empty). Returns whether
/// anything was appended.
pub(super) fn fold_into(raw: &str, out: &mut String) -> bool {
    if !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_graphic()) {
        // a figure
        out.push_str(raw);
        return true;
    }
    let begin = out.len();
    let mut gap = false;
    let mut run: Option<usize> = None;
    for (at, c) in raw.char_indices() {
        if is_printed(c) {
            if run.is_none() {
                if gap && out.len() > begin {
                    out.push(' ');
                }
                gap = false;
                run = Some(at);
            }
        } else {
            if let Some(from) = run.take() {
                out.push_str(&raw[from..at]);
            }
            gap |= c.is_whitespace();
        }
    }
    if let Some(from) = run {
        out.push_str(&raw[from..]);
    }
    out.len() > begin
}

/// `raw` folded into a string of its own.
pub(super) fn folded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    fold_into(raw, &mut out);
    out
}

/// Whether a character shows on paper.
fn is_printed(c: char) -> bool {
    match c {
        '!'..='~' | '\u{4e00}'..='\u{9fff}' => true,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => false,
        c => !c.is_whitespace() && !c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn white_space_of_every_kind_becomes_one_space() {
        assert_eq!(folded("\u{3000}\u{3000}甲\u{a0} \r\n\t乙 "), "甲 乙");
    }

    #[test]
    fn what_is_not_printed_leaves_no_gap() {
        assert_eq!(folded("5\u{200b}3\u{feff}\u{0}1"), "531");
        assert_eq!(folded("\u{200b}\u{feff}\u{a0}"), "");
    }
}
