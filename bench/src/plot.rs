//! The curves: what each thing takes at every size of a practice, both axes logarithmic, so that what grows no faster
//! than the practice is at most a diagonal and what does not grow at all is level.

use crate::failure::Failure;
use crate::figures::Figures;
use crate::measure::growth::{SIZES, WHATS};
use plotters::prelude::*;
use std::path::Path;

const WIDTH: u32 = 760;
const HEIGHT: u32 = 440;

/// The colours of the curves, in their order.
const COLOURS: [RGBColor; WHATS.len()] = [
    RGBColor(0, 90, 156),
    RGBColor(0, 140, 110),
    RGBColor(200, 90, 0),
    RGBColor(150, 30, 110),
    RGBColor(110, 110, 110),
    RGBColor(170, 130, 0),
    RGBColor(180, 30, 30),
];

/// Draws the figures of this database, if there are any, and says whether there were.
pub(crate) fn draw(figures: &Figures, store: &str, to: &Path) -> Result<bool, Failure> {
    let curves: Vec<_> = WHATS
        .into_iter()
        .zip(COLOURS)
        .map(|(what, colour)| (what.name(), colour, points(figures, store, what.name())))
        .filter(|(_, _, points)| !points.is_empty())
        .collect();
    let all = || curves.iter().flat_map(|(_, _, points)| points);
    if all().count() == 0 {
        return Ok(false);
    }
    let lowest = all().map(|(_, took)| *took).fold(f64::MAX, f64::min).max(0.01);
    let highest = all().map(|(_, took)| *took).fold(lowest, f64::max);
    let failed = |error: &dyn std::error::Error| Failure::Drawing(error.to_string());
    let area = SVGBackend::new(to, (WIDTH, HEIGHT)).into_drawing_area();
    area.fill(&WHITE).map_err(|error| failed(&error))?;
    let mut chart = ChartBuilder::on(&area)
        .caption(format!("What it takes as a practice grows, {store}"), ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d((800.0..1_250_000.0_f64).log_scale(), (lowest / 2.0..highest * 2.0).log_scale())
        .map_err(|error| failed(&error))?;
    chart
        .configure_mesh()
        .x_desc("patients, three in ten of them with an account")
        .y_desc("milliseconds")
        .x_label_formatter(&|patients| format!("{patients:.0}"))
        .y_label_formatter(&|took| if *took < 1.0 { format!("{took:.1}") } else { format!("{took:.0}") })
        .light_line_style(TRANSPARENT)
        .draw()
        .map_err(|error| failed(&error))?;
    for (what, colour, points) in curves {
        let line = LineSeries::new(points, colour.stroke_width(2)).point_size(3);
        chart
            .draw_series(line)
            .map_err(|error| failed(&error))?
            .label(what)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.9))
        .border_style(RGBColor(200, 200, 200))
        .draw()
        .map_err(|error| failed(&error))?;
    area.present().map_err(|error| failed(&error))?;
    Ok(true)
}

fn points(figures: &Figures, store: &str, what: &str) -> Vec<(f64, f64)> {
    let at = |size: &u64| {
        let figure = figures.get(&format!("{store} {what}, {size} patients"))?;
        let patients = u32::try_from(*size).ok()?;
        Some((f64::from(patients), figure.median.max(0.01)))
    };
    SIZES.iter().filter_map(at).collect()
}
