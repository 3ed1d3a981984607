//! Strings of BIFF8: characters in one byte or two, and in the shared ones runs of formats and readings after them.

use std::sync::Arc;

use super::super::{MAX_FILLED, cell_text};

/// The contents of a record and of those that go on with it.
pub(super) struct Chunks<'a> {
    parts: Vec<&'a [u8]>,
    /// Which of them is being read; those before it are done.
    part: usize,
}

impl<'a> Chunks<'a> {
    pub fn new(parts: Vec<&'a [u8]>) -> Self {
        Self { parts, part: 0 }
    }

    /// What is left of the record that is being read.
    fn rest(&mut self) -> Option<&mut &'a [u8]> {
        while self.parts.get(self.part)?.is_empty() {
            self.part += 1;
        }
        self.parts.get_mut(self.part)
    }

    fn byte(&mut self) -> Option<u8> {
        let rest = self.rest()?;
        let (byte, after) = rest.split_first()?;
        *rest = after;
        Some(*byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        let mut count = count;
        while count > 0 {
            let rest = self.rest()?;
            let here = count.min(rest.len());
            *rest = rest.get(here..).unwrap_or_default();
            count -= here;
        }
        Some(())
    }

    /// Characters. Where they go on in another record, that one says anew how wide they are.
    fn characters(&mut self, count: usize, wide: bool) -> Option<String> {
        let (mut count, mut wide) = (count, wide);
        let mut units: Vec<u16> = Vec::new();
        let mut part = self.part;
        while count > 0 {
            self.rest()?;
            if self.part != part {
                part = self.part;
                if !units.is_empty() || count > 0 {
                    wide = self.byte()? & 1 == 1;
                }
            }
            let rest = self.rest()?;
            let width = if wide { 2 } else { 1 };
            let here = count.min(rest.len() / width);
            if here == 0 {
                return None;
            }
            let bytes = rest.get(..here * width)?;
            units.extend(bytes.chunks_exact(width).map(|unit| match unit {
                [low, high] => u16::from_le_bytes([*low, *high]),
                [byte, ..] => u16::from(*byte),
                [] => 0,
            }));
            *rest = rest.get(here * width..).unwrap_or_default();
            count -= here;
        }
        Some(String::from_utf16_lossy(&units))
    }

    fn shared_string(&mut self) -> Option<String> {
        let count = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let readings = if flags & 4 != 0 { usize::try_from(self.u32()?).ok()? } else { 0 };
        let text = self.characters(count, flags & 1 == 1)?;
        self.skip(runs * 4)?;
        self.skip(readings)?;
        Some(text)
    }
}

/// The texts that cells refer to, up to where the record is broken.
pub(super) fn shared_strings(chunks: &mut Chunks) -> Vec<Arc<str>> {
    let mut strings = Vec::new();
    let (Some(_), Some(count)) = (chunks.u32(), chunks.u32()) else { return strings };
    let most = usize::try_from(count).unwrap_or(usize::MAX).min(MAX_FILLED);
    while strings.len() < most
        && let Some(text) = chunks.shared_string()
    {
        strings.push(cell_text(&text));
    }
    strings
}

/// A string within a record, its length in `width` bytes before it; empty where it is broken.
pub(super) fn text_in(bytes: &[u8], width: usize) -> String {
    let mut chunks = Chunks::new(vec![bytes]);
    let count = if width == 1 { chunks.byte().map(u16::from) } else { chunks.u16() };
    let flags = chunks.byte();
    let text = count.zip(flags).and_then(|(count, flags)| chunks.characters(count.into(), flags & 1 == 1));
    text.unwrap_or_default()
}
