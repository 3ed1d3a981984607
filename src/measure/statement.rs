//! What can be told of a SQL statement without running it.

use super::MetricError;

/// A word (in lower case), a sign, or a quoted text (with its first quote) of a statement, outside of comments, with its
/// line.
pub(super) struct Token {
    pub(super) text: String,
    line: usize,
}

/// Holds the statement behind the first `skip` lines to what every metric has to keep: one SELECT, put in order.
/// Gives the line on which it begins.
///
/// # Errors
/// When there is no statement, more than one, another kind of statement, or no ORDER BY of the whole.
pub(super) fn check_statement(file: &str, text: &str, skip: usize) -> Result<usize, MetricError> {
    let tokens = tokens(text, skip);
    let Some(first) = tokens.first() else {
        return Err(MetricError::new(file, skip + 1, "no statement behind the header"));
    };
    if !["select", "with"].contains(&first.text.as_str()) {
        return Err(MetricError::new(file, first.line, "a metric is one SELECT statement"));
    }
    if let Some(end) = tokens.iter().position(|t| t.text == ";")
        && let Some(next) = tokens.get(end + 1)
    {
        return Err(MetricError::new(file, next.line, "more than one statement"));
    }
    let mut depth = 0_i32;
    let mut ordered = false;
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        match token.text.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            "order" if depth == 0 && next.text == "by" => ordered = true,
            _ => {}
        }
    }
    if !ordered {
        return Err(MetricError::new(
            file,
            first.line,
            "no ORDER BY: rows must come in an order that is always the same",
        ));
    }
    Ok(first.line)
}

/// The tokens behind the first `skip` lines.
pub(super) fn tokens(text: &str, skip: usize) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut word = String::new();
    let mut line = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let here = line;
        if c == '\n' {
            line += 1;
        }
        if c.is_alphanumeric() || c == '_' {
            word.extend(c.to_lowercase());
            if chars.peek().is_some_and(|n| n.is_alphanumeric() || *n == '_') {
                continue;
            }
            out.push(Token { text: std::mem::take(&mut word), line: here });
            continue;
        }
        match (c, chars.peek()) {
            ('-', Some('-')) => while chars.next_if(|n| *n != '\n').is_some() {},
            ('/', Some('*')) => {
                let mut before = ' ';
                for n in chars.by_ref() {
                    line += usize::from(n == '\n');
                    if before == '*' && n == '/' {
                        break;
                    }
                    before = n;
                }
            }
            ('\'' | '"', _) => {
                let mut text = c.to_string();
                for n in chars.by_ref() {
                    line += usize::from(n == '\n');
                    if n == c {
                        break;
                    }
                    text.push(n);
                }
                out.push(Token { text, line: here });
            }
            (c, _) if c.is_whitespace() => {}
            _ => out.push(Token { text: c.to_string(), line: here }),
        }
    }
    out.retain(|t| t.line > skip);
    out
}
