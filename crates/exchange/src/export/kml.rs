//! Features as KML.

use std::io::{self, Write};

use hatang_core::{Lonlat, Shape};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    About, ExportError, Feature,
    table::{FlatRow, Layout, text},
};

pub(super) fn write<'a>(
    about: &About,
    layout: &Layout,
    features: impl Iterator<Item = Feature<'a>>,
    out: impl Write,
) -> Result<usize, ExportError> {
    let mut writer = Writer::new(out);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut written = 0;
    let mut failed = None;
    writer.create_element("kml").with_attribute(("xmlns", "http://www.opengis.net/kml/2.2")).write_inner_content(
        |writer| {
            writer.create_element("Document").write_inner_content(|writer| {
                leaf(writer, "name", about.class.code())?;
                leaf(writer, "description", &about.sentence())?;
                for feature in features {
                    match FlatRow::of(feature) {
                        Ok(row) => placemark(writer, layout, &row)?,
                        Err(error) => {
                            failed = Some(error);
                            break;
                        }
                    }
                    written += 1;
                }
                Ok(())
            })?;
            Ok(())
        },
    )?;
    failed.map_or(Ok(written), Err)
}

fn placemark<W: Write>(writer: &mut Writer<W>, layout: &Layout, row: &FlatRow) -> io::Result<()> {
    let value = |name: &str| row.values.get(name).and_then(text);
    writer.create_element("Placemark").write_inner_content(|writer| {
        leaf(writer, "name", &value("code").or_else(|| value("asset_id")).unwrap_or_default())?;
        writer.create_element("ExtendedData").write_inner_content(|writer| {
            for column in &layout.columns {
                let Some(text) = value(&column.name) else { continue };
                let data = writer.create_element("Data").with_attribute(("name", column.name.as_str()));
                data.write_inner_content(|writer| leaf(writer, "value", &text))?;
            }
            Ok(())
        })?;
        geometry(writer, &row.shape)
    })?;
    Ok(())
}

fn geometry<W: Write>(writer: &mut Writer<W>, shape: &Shape) -> io::Result<()> {
    match shape {
        Shape::Point(at) => element(writer, "Point", |writer| leaf(writer, "coordinates", &coordinates(&[*at]))),
        Shape::LineString(line) => line_string(writer, line),
        Shape::Polygon(rings) => polygon(writer, rings),
        Shape::MultiLineString(lines) => {
            element(writer, "MultiGeometry", |writer| lines.iter().try_for_each(|line| line_string(writer, line)))
        }
        Shape::MultiPolygon(parts) => {
            element(writer, "MultiGeometry", |writer| parts.iter().try_for_each(|rings| polygon(writer, rings)))
        }
    }
}

fn line_string<W: Write>(writer: &mut Writer<W>, line: &[Lonlat]) -> io::Result<()> {
    element(writer, "LineString", |writer| leaf(writer, "coordinates", &coordinates(line)))
}

fn polygon<W: Write>(writer: &mut Writer<W>, rings: &[Vec<Lonlat>]) -> io::Result<()> {
    element(writer, "Polygon", |writer| {
        for (index, ring) in rings.iter().enumerate() {
            let side = if index == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            element(writer, side, |writer| {
                element(writer, "LinearRing", |writer| leaf(writer, "coordinates", &coordinates(ring)))
            })?;
        }
        Ok(())
    })
}

fn element<W: Write>(
    writer: &mut Writer<W>,
    name: &str,
    inner: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
) -> io::Result<()> {
    writer.create_element(name).write_inner_content(inner).map(drop)
}

fn leaf<W: Write>(writer: &mut Writer<W>, name: &str, text: &str) -> io::Result<()> {
    // Letters that XML cannot hold at all.
    let text: String =
        text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r')).collect();
    writer.create_element(name).write_text_content(BytesText::new(&text)).map(drop)
}

fn coordinates(line: &[Lonlat]) -> String {
    line.iter().map(|at| format!("{},{}", at.lon(), at.lat())).collect::<Vec<_>>().join(" ")
}
