//! The parts of a tag: its attributes and its end.

use memchr::memchr;

/// What comes next within a tag.
pub(super) enum Part<'h> {
    /// Its name and its value, both as in the file.
    Attribute(&'h [u8], &'h [u8]),
    End {
        is_self_closing: bool,
    },
}

/// Takes what comes next within a tag, after its name, an attribute or white space; `None` where the page ends.
pub(super) fn part<'h>(bytes: &'h [u8], at: &mut usize) -> Option<Part<'h>> {
    let mut is_self_closing = false;
    loop {
        match *bytes.get(*at)? {
            b'>' => {
                *at += 1;
                return Some(Part::End { is_self_closing });
            }
            b'/' => is_self_closing = true,
            b if is_space(b) => is_self_closing = false,
            _ => break,
        }
        *at += 1;
    }
    // Its first character may be a `=`.
    let length = 1 + bytes.get(*at + 1..)?.iter().position(|b| matches!(b, b'=' | b'/' | b'>') || is_space(*b))?;
    let name = &bytes[*at..*at + length];
    *at += length;
    skip_space(bytes, at);
    if bytes.get(*at) != Some(&b'=') {
        return Some(Part::Attribute(name, &[]));
    }
    *at += 1;
    skip_space(bytes, at);
    let first = *bytes.get(*at)?;
    let value = if matches!(first, b'"' | b'\'') {
        *at += 1;
        let value = &bytes[*at..*at + memchr(first, &bytes[*at..])?];
        *at += value.len() + 1;
        value
    } else {
        let value = &bytes[*at..];
        let value = &value[..value.iter().position(|b| *b == b'>' || is_space(*b))?];
        *at += value.len();
        value
    };
    Some(Part::Attribute(name, value))
}

/// Where a tag ends whose attributes are not asked for, from the end of its name on, and whether it closes itself.
pub(super) fn end(bytes: &[u8], end_of_name: usize) -> Option<(usize, bool)> {
    let rest = bytes.get(end_of_name..)?;
    let length = rest.iter().position(|b| matches!(b, b'>' | b'"' | b'\''))?;
    if rest[length] == b'>' && !rest[..length].ends_with(b"/") {
        return Some((end_of_name + length + 1, false));
    }
    // A `>` may be quoted, or a `/` belong to a value.
    let mut at = end_of_name;
    loop {
        if let Part::End { is_self_closing } = part(bytes, &mut at)? {
            return Some((at, is_self_closing));
        }
    }
}

fn skip_space(bytes: &[u8], at: &mut usize) {
    while bytes.get(*at).is_some_and(|b| is_space(*b)) {
        *at += 1;
    }
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
