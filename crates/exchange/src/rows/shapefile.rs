//! Rows of a Shapefile: the shapes of one file beside the values of another, in an archive with their system and
//! encoding. Counts are never believed beyond the bytes that are there.

mod dbf;
mod shp;

use hatang_crs::Crs;

use self::dbf::Dbf;
use super::{How, Raw, Row, RowSource, Stop};
use crate::{FileError, archive::Archive, refusal, text::Encoding};

/// The files of one layer.
pub(crate) struct ShapefileSet {
    shapes: Vec<u8>,
    values: Dbf,
    /// The system that the set declares.
    pub(crate) crs: Option<Crs>,
    /// How its texts are written.
    pub(crate) encoding: Encoding,
    /// The word of the set's own that says so.
    pub(crate) declared_encoding: Option<String>,
}

fn broken(reason: impl Into<String>) -> FileError {
    FileError::Shapefile { reason: reason.into() }
}

impl ShapefileSet {
    /// Whether an archive holds a Shapefile.
    pub(crate) fn is_in(archive: &Archive<'_>) -> bool {
        archive.names().iter().any(|(_, name)| ending(name) == "shp")
    }

    pub(crate) fn open(
        mut archive: Archive<'_>,
        layer: Option<&str>,
        encoding: Option<Encoding>,
    ) -> Result<Self, FileError> {
        let names = archive.names();
        let layers: Vec<&str> =
            names.iter().map(|(_, name)| name.as_str()).filter(|name| ending(name) == "shp").map(stem).collect();
        let found = || layers.iter().map(|layer| base(layer).to_owned()).collect::<Vec<_>>();
        let chosen = match layer {
            Some(layer) => layers
                .iter()
                .copied()
                .find(|stem| base(stem) == layer)
                .ok_or_else(|| FileError::NoSuchLayer { layer: layer.to_owned(), found: found() })?,
            None => match layers[..] {
                [only] => only,
                _ => return Err(FileError::SeveralLayers { found: found() }),
            },
        };
        let file = |kind: &str| {
            let found = names.iter().find(|(_, name)| stem(name) == chosen && ending(name) == kind);
            found.map(|(index, _)| *index)
        };
        let (shp, dbf, prj) = (file("shp"), file("dbf"), file("prj"));
        let said = file("cpg").or_else(|| file("cst"));
        let shapes = archive.read(shp.ok_or_else(|| broken("the .shp is missing"))?)?;
        shp::check(&shapes)?;
        let values = archive.read(dbf.ok_or_else(|| broken("the .dbf beside the .shp is missing"))?)?;
        let values = Dbf::open(values)?;
        let crs = prj.map(|prj| archive.read(prj)).transpose()?.map(|text| system(&text)).transpose()?;
        let said = said.map(|said| archive.read(said)).transpose()?;
        let declared_encoding = said.map(|said| String::from_utf8_lossy(&said).trim().to_owned());
        let declared = encoding.or_else(|| declared_encoding.as_deref().and_then(|said| said.parse().ok()));
        let encoding = values.encoding(declared)?;
        Ok(Self { shapes, values, crs, encoding, declared_encoding })
    }
}

fn system(text: &[u8]) -> Result<Crs, FileError> {
    let text = String::from_utf8_lossy(text);
    Crs::from_wkt(&text).ok_or_else(|| FileError::UnknownCrs { given: text.trim().chars().take(200).collect() })
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn base(stem: &str) -> &str {
    stem.rsplit_once(['/', '\\']).map_or(stem, |(_, base)| base)
}

impl RowSource for ShapefileSet {
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let mut shapes = shp::Shapes::new(&self.shapes);
        let mut number = 0;
        for record in self.values.records() {
            number += 1;
            let place = shapes.next_place();
            let Some(record) = record else { continue };
            let properties = self.values.properties(record, self.encoding);
            take(&Row::new(number, None, Raw::Properties(&properties), how.words, place))?;
        }
        // Shapes that have no values beside them are rows too, and cannot be used.
        while shapes.has_next() {
            number += 1;
            shapes.next_place();
            take(&Row::broken(number, refusal::shape_without_values()))?;
        }
        Ok(())
    }
}
