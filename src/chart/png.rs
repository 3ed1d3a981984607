//! SVG → PNG with resvg and the embedded font only.

use super::ChartError;
use super::font::{BOLD, REGULAR};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// Largest width or height of a picture, in pixels.
const LARGEST: f32 = 20_000.0;

fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(REGULAR)));
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(BOLD)));
        fonts.set_sans_serif_family("Noto Sans SC");
        Arc::new(fonts)
    }))
}

/// The drawing as resvg understands it.
pub(super) fn tree(svg: &str) -> Result<Tree, ChartError> {
    let options = Options { fontdb: fonts(), font_family: "Noto Sans SC".to_owned(), ..Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|e| ChartError::Svg(e.to_string()))
}

/// A chart's SVG as PNG bytes, `scale` pixels for each pixel (1/96 inch) of the SVG:
/// 2 for sharp screens, 3.125 for 300 dots per inch ([`super::Size::png_scale`]).
///
/// # Errors
/// [`ChartError::Svg`] if the SVG cannot be read, [`ChartError::Png`] if the picture would be empty or too large.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = tree(svg)?;
    let (width, height) = (libm::ceilf(tree.size().width() * scale), libm::ceilf(tree.size().height() * scale));
    if !(width >= 1.0 && height >= 1.0 && width <= LARGEST && height <= LARGEST) {
        return Err(ChartError::Png(format!("{width} x {height} pixels (at most {LARGEST} each)")));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both lie between 1 and LARGEST")]
    let mut picture = Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| ChartError::Png(format!("no memory for {width} x {height} pixels")))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|e| ChartError::Png(e.to_string()))
}
