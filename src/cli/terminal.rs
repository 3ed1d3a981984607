//! The terminal: its language, writing to standard output without a fuss over closed pipes, progress bars.

use crate::pipeline::{Progress, Stage};
use crate::report::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Columns of a line where nothing says how wide it may be.
const USUAL_WIDTH: usize = 100;
/// Narrower terminals have to wrap …
const NARROWEST: usize = 40;
/// … and longer lines are hard to read.
const WIDEST: usize = 160;

/// The language of messages: Chinese in a Chinese locale, otherwise English.
pub fn message_language() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    language_of(&locale)
}

fn language_of(locale: &str) -> Lang {
    if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
}

/// Writes data to standard output. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// Where the system refuses for any other reason.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes a message to standard error; where that cannot be written either, there is no one left to tell.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// How many columns a line on standard output has: those of the terminal, or of `COLUMNS`, or a usual page's.
pub fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|value| value.trim().parse::<usize>().ok());
    let own = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    asked.or_else(own).filter(|width| *width > 0).map_or(USUAL_WIDTH, |width| width.clamp(NARROWEST, WIDEST))
}

/// Whether standard error may carry colour.
pub fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && io::stderr().is_terminal()
}

/// `text` in bold, where the terminal may carry it.
pub fn bold(text: &str) -> String {
    if colour() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Progress bars on standard error, from the first second on, where it is a terminal.
#[derive(Debug)]
pub struct Bars {
    lang: Lang,
    wanted: bool,
    began: Instant,
    now: Mutex<Option<Current>>,
}

#[derive(Debug)]
struct Current {
    stage: Stage,
    steps: u64,
    done: u64,
    bar: Option<ProgressBar>,
}

impl Bars {
    /// Bars with words in `lang`; none where `quiet`.
    pub fn new(lang: Lang, quiet: bool) -> Self {
        let wanted = !quiet && io::stderr().is_terminal();
        Self { lang, wanted, began: Instant::now(), now: Mutex::new(None) }
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, steps: u64) {
        if self.wanted
            && let Ok(mut now) = self.now.lock()
        {
            *now = Some(Current { stage, steps, done: 0, bar: None });
        }
    }

    fn step(&self, steps: u64) {
        if !self.wanted {
            return;
        }
        let Ok(mut now) = self.now.lock() else { return };
        let Some(current) = now.as_mut() else { return };
        current.done += steps;
        if current.bar.is_none() && self.began.elapsed() > Duration::from_secs(1) {
            let plain = "{msg} [{bar:30}] {pos}/{len} {eta}";
            let coloured = "{msg} [{bar:30.cyan}] {pos}/{len} {eta}";
            let bar = ProgressBar::new(current.steps);
            if let Ok(style) = ProgressStyle::with_template(if colour() { coloured } else { plain }) {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.set_message(current.stage.text().get(self.lang).to_owned());
            current.bar = Some(bar);
        }
        if let Some(bar) = &current.bar {
            bar.set_position(current.done);
        }
    }

    fn end(&self) {
        if let Ok(mut now) = self.now.lock()
            && let Some(bar) = now.take().and_then(|current| current.bar)
        {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_chinese_in_chinese_locales_only() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh-Hans", Lang::Zh),
            ("C.UTF-8", Lang::En),
            ("", Lang::En),
            ("de_AT", Lang::En),
        ] {
            assert_eq!(language_of(locale), lang, "{locale}");
        }
    }
}
