//! How QGIS and other readers of SLD draw a class that they have opened for the first time.

use hatang_core::AssetClass;

/// The colour of a class, near that of our own map.
const fn colour(class: AssetClass) -> &'static str {
    match class {
        AssetClass::Mast => "#b3261e",
        AssetClass::RadioStation => "#7b1fa2",
        AssetClass::Pole => "#8a5a00",
        AssetClass::AerialRoute => "#c98a1b",
        AssetClass::Duct => "#0b6e8f",
        AssetClass::Manhole => "#0b4f6c",
        AssetClass::Trench => "#3b7a57",
        AssetClass::Cabinet => "#455a64",
        AssetClass::Host => "#6d6d6d",
    }
}

pub(super) fn sld(class: AssetClass, kind: &str) -> String {
    let colour = colour(class);
    let symbol = if kind.contains("LINE") {
        format!(
            "<LineSymbolizer><Stroke><CssParameter name=\"stroke\">{colour}</CssParameter><CssParameter name=\"stroke-width\">2</CssParameter></Stroke></LineSymbolizer>"
        )
    } else if kind.contains("POLYGON") {
        format!(
            "<PolygonSymbolizer><Fill><CssParameter name=\"fill\">{colour}</CssParameter><CssParameter name=\"fill-opacity\">0.4</CssParameter></Fill></PolygonSymbolizer>"
        )
    } else {
        format!(
            "<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName><Fill><CssParameter name=\"fill\">{colour}</CssParameter></Fill></Mark><Size>8</Size></Graphic></PointSymbolizer>"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\"><NamedLayer><Name>{class}</Name><UserStyle><FeatureTypeStyle><Rule>{symbol}</Rule></FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
    )
}

/// QGIS's own form; geometries of several types are left to QGIS.
pub(super) fn qml(class: AssetClass, kind: &str) -> String {
    let rgb = colour(class).trim_start_matches('#');
    let part = |at: usize| u8::from_str_radix(&rgb[at..at + 2], 16).unwrap_or(0);
    let colour = format!("{},{},{},255", part(0), part(2), part(4));
    let (symbol, layer, properties) = if kind.contains("LINE") {
        ("line", "SimpleLine", format!("<prop k=\"line_color\" v=\"{colour}\"/><prop k=\"line_width\" v=\"0.6\"/>"))
    } else if kind.contains("POLYGON") {
        ("fill", "SimpleFill", format!("<prop k=\"color\" v=\"{colour}\"/><prop k=\"style\" v=\"solid\"/>"))
    } else {
        (
            "marker",
            "SimpleMarker",
            format!("<prop k=\"name\" v=\"circle\"/><prop k=\"color\" v=\"{colour}\"/><prop k=\"size\" v=\"2.4\"/>"),
        )
    };
    let renderer = if kind == "GEOMETRY" {
        String::new()
    } else {
        format!(
            "<renderer-v2 type=\"singleSymbol\"><symbols><symbol type=\"{symbol}\" name=\"0\" alpha=\"1\"><layer class=\"{layer}\">{properties}</layer></symbol></symbols></renderer-v2>"
        )
    };
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version=\"3.22\" styleCategories=\"Symbology|Labeling\">{renderer}<layerGeometryType>{}</layerGeometryType></qgis>",
        if kind.contains("LINE") {
            1
        } else if kind.contains("POLYGON") {
            2
        } else {
            0
        }
    )
}
