//! The references that pages are full of, such as `&nbsp;`.

/// The character that a text's first reference stands for, and the reference's length, where it is a frequent one
/// written in full.
pub(super) fn frequent(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    match bytes {
        [b'&', b'n', b'b', b's', b'p', b';', ..] => return Some(('\u{a0}', 6)),
        [b'&', b'#', ..] => {}
        [b'&', first, ..] if first.is_ascii_alphabetic() => return named(text),
        // This is no reference.
        _ => return Some(('&', 1)),
    }
    let (radix, begin) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (16, 3) } else { (10, 2) };
    let digits = bytes.get(begin..)?.iter().take(LONGEST).take_while(|b| char::from(**b).is_digit(radix)).count();
    let end = begin + digits;
    if bytes.get(end) != Some(&b';') {
        return None;
    }
    let c = u32::from_str_radix(&text[begin..end], radix).ok().and_then(char::from_u32)?;
    // HTML has rules of its own for the other ones.
    matches!(c, ' '..='~' | '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}').then_some((c, end + 1))
}

/// How many digits of a number are looked at.
const LONGEST: usize = 6;

const NAMED: &[(&str, char)] = &[
    ("&gt;", '>'),
    ("&lt;", '<'),
    ("&amp;", '&'),
    ("&quot;", '"'),
    ("&ensp;", '\u{2002}'),
    ("&emsp;", '\u{2003}'),
    ("&middot;", '·'),
    ("&ldquo;", '“'),
    ("&rdquo;", '”'),
];

fn named(text: &str) -> Option<(char, usize)> {
    NAMED.iter().find(|(name, _)| text.starts_with(name)).map(|(name, c)| (*c, name.len()))
}
