//! Computes the path loss of single links: a planner's calculator, and the door for outside checks of the model.

use std::str::FromStr;

use hatang_core::{Metres, Text, asset::Technology};
pub use hatang_coverage::link::{Formula, LinkNote, Received};
use hatang_coverage::{
    LandClass,
    link::{Link, LinkLoss},
    model::{OutsideModel, Surroundings},
};
use hatang_exchange::{PlainRow, PlainTable};
use serde::Serialize;

use crate::{
    error::{DeskError, ErrorKind},
    raster::parameters,
};

/// Which of the two losses is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// With line of sight.
    LineOfSight,
    /// Without.
    NoLineOfSight,
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word.to_ascii_uppercase().as_str() {
            "LOS" => Ok(Self::LineOfSight),
            "NLOS" => Ok(Self::NoLineOfSight),
            _ => Err(format!("`{word}` is neither LOS nor NLOS")),
        }
    }
}

/// A file of links with their losses.
#[derive(Clone, Debug)]
pub struct LinkFile {
    /// The file as it came, with further columns.
    pub bytes: Vec<u8>,
    /// How many rows have a loss.
    pub computed: usize,
    /// The rows that have none.
    pub refused: Vec<RefusedLink>,
}

/// A row that no loss was computed for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RefusedLink {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column at fault.
    pub column: &'static str,
    /// Its text.
    pub value: String,
    /// What is wrong.
    pub reason: Text,
}

/// The columns that every row needs.
const NEEDED: [&str; 6] = ["scenario", "cond", "f_mhz", "h_bs_m", "h_ut_m", "d2d_m"];
/// The columns that are added.
const ADDED: [&str; 5] = ["path_loss_db", "sigma_db", "los_probability", "notes", "problem"];
/// Share of ground under trees where a file does not say it; the standard's middle value.
const USUAL_VEGETATION: f64 = 0.10;

/// Adds to every row of a CSV file the path loss of its link; a row that cannot be computed keeps its place, without a
/// loss and with the reason.
///
/// # Errors
/// [`ErrorKind::BadInput`] when the file is no table or lacks a column.
pub fn link_losses(bytes: &[u8]) -> Result<LinkFile, DeskError> {
    let mut table = PlainTable::read(bytes)?;
    if let Some(missing) = NEEDED.iter().find(|column| table.column(column).is_none()) {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "link.column_missing",
            missing,
            "Tệp thiếu cột này; cần có scenario, cond, f_mhz, h_bs_m, h_ut_m, d2d_m.",
            "The file lacks this column; it needs scenario, cond, f_mhz, h_bs_m, h_ut_m, d2d_m.",
        ));
    }
    let answers: Vec<Result<(Condition, LinkLoss), RefusedLink>> =
        table.rows.iter().map(|row| answer(&table, row)).collect();
    let width = table.columns.len();
    table.columns.extend(ADDED.map(ToOwned::to_owned));
    let (mut computed, mut refused) = (0, Vec::new());
    for (row, answer) in table.rows.iter_mut().zip(answers) {
        row.cells.resize(width, String::new());
        match answer {
            Ok((condition, loss)) => {
                computed += 1;
                row.cells.extend(told(condition, &loss));
            }
            Err(problem) => {
                row.cells.extend(["", "", "", ""].map(str::to_owned));
                row.cells.push(format!("{} `{}`: {}", problem.column, problem.value, problem.reason.en));
                refused.push(problem);
            }
        }
    }
    Ok(LinkFile { bytes: table.write(), computed, refused })
}

fn told(condition: Condition, loss: &LinkLoss) -> [String; 5] {
    let path = match condition {
        Condition::LineOfSight => loss.losses.los,
        Condition::NoLineOfSight => loss.losses.nlos,
    };
    let told = |note: &LinkNote| match (note, condition) {
        (LinkNote::BeyondLos, Condition::NoLineOfSight) | (LinkNote::BeyondNlos, Condition::LineOfSight) => None,
        _ => Some(note.code()),
    };
    let notes: Vec<&str> = loss.notes.iter().filter_map(told).collect();
    [
        format!("{:.6}", path.loss_db),
        format!("{:.4}", path.sigma_db),
        loss.los_probability.map_or_else(String::new, |share| format!("{share:.9}")),
        notes.join(";"),
        String::new(),
    ]
}

fn answer(table: &PlainTable, row: &PlainRow) -> Result<(Condition, LinkLoss), RefusedLink> {
    let cell = |name: &'static str| table.column(name).and_then(|at| row.cells.get(at)).map_or("", String::as_str);
    let refused = |column: &'static str, vi: &str, en: &str| RefusedLink {
        line: row.line,
        column,
        value: cell(column).to_owned(),
        reason: Text::new(vi, en),
    };
    let number = |column: &'static str| {
        let number = cell(column).parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| refused(column, "không phải là số", "not a finite number"))
    };
    let metres = |column: &'static str| {
        Metres::new(number(column)?).map_err(|_| refused(column, "không được âm", "must not be negative"))
    };
    let optional = |column: &'static str, usual: f64| match cell(column) {
        "" => Ok(Metres::computed(usual)),
        _ => metres(column),
    };
    if table.columns.len() < row.cells.len() {
        return Err(refused("scenario", "dòng có quá nhiều ô", "the row has too many cells"));
    }
    let formula: Formula = cell("scenario").parse().map_err(|_| {
        let names = Formula::NAMES.join(", ");
        refused("scenario", &format!("phải là một trong {names}"), &format!("must be one of {names}"))
    })?;
    let condition: Condition =
        cell("cond").parse().map_err(|_| refused("cond", "phải là LOS hoặc NLOS", "must be LOS or NLOS"))?;
    let vegetation = if cell("vegetation").is_empty() { USUAL_VEGETATION } else { number("vegetation")? };
    let link = Link {
        formula,
        frequency_mhz: number("f_mhz")?,
        antenna_height: metres("h_bs_m")?,
        distance: metres("d2d_m")?,
        around: Surroundings {
            building_height: optional("h_bldg_m", 5.0)?,
            street_width: optional("W_m", 20.0)?,
            handset_height: metres("h_ut_m")?,
            vegetation,
        },
    };
    let loss = link.loss().map_err(|outside| {
        let OutsideModel { low, high, .. } = outside;
        refused(
            column_of(&outside),
            &format!("mô hình {} chỉ nhận từ {low} đến {high}", cell("scenario")),
            &format!("{} takes {low} to {high} only", cell("scenario")),
        )
    })?;
    Ok((condition, loss))
}

fn column_of(outside: &OutsideModel) -> &'static str {
    use hatang_coverage::model::Quantity;
    match outside.quantity {
        Quantity::FrequencyGhz => "f_mhz",
        Quantity::AntennaHeightM => "h_bs_m",
        Quantity::HandsetHeightM => "h_ut_m",
        Quantity::BuildingHeightM => "h_bldg_m",
        Quantity::StreetWidthM => "W_m",
        Quantity::Vegetation => "vegetation",
        _ => "d2d_m",
    }
}

/// One link, as a planner asks about it.
#[derive(Clone, Copy, Debug)]
pub struct LinkQuestion {
    /// The formula.
    pub formula: Formula,
    /// Carrier frequency, in MHz.
    pub frequency_mhz: f64,
    /// Height of the station's antenna above ground.
    pub antenna_height: Metres,
    /// Height of the handset above ground.
    pub handset_height: Metres,
    /// Distance along the ground.
    pub distance: Metres,
    /// Height of buildings, and width of streets; the usual values of the land that the formula stands for when absent.
    pub built: (Option<Metres>, Option<Metres>),
    /// Whose powers and threshold the received signal is worked out with.
    pub technology: Technology,
    /// The station's own radiated power, in dBm.
    pub eirp_dbm: Option<f64>,
}

/// What is told of one link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkAnswer {
    /// Median path loss with line of sight, in dB.
    pub los_db: f64,
    /// Its scatter, in dB.
    pub los_sigma_db: f64,
    /// Median path loss without line of sight, in dB.
    pub nlos_db: f64,
    /// Its scatter, in dB.
    pub nlos_sigma_db: f64,
    /// The probability of line of sight, where the formula gives one.
    pub los_probability: Option<f64>,
    /// Where the formula left its ground.
    pub notes: Vec<LinkNote>,
    /// What is left at the handset; empty where no carrier's figures speak for the frequency.
    pub received: Vec<Received>,
    /// The weakest signal that serves, in dBm.
    pub threshold_dbm: f64,
    /// The figures that only stand in for a carrier's own.
    pub placeholders: Vec<String>,
}

/// Computes one link.
///
/// # Errors
/// [`ErrorKind::BadInput`] for a value that the formula has no meaning for.
pub fn link_loss(question: &LinkQuestion) -> Result<LinkAnswer, DeskError> {
    use hatang_coverage::model::{Scenario, extended_hata::Environment};
    let parameters = parameters(question.technology)?;
    let class = match question.formula {
        Formula::Standard(Scenario::UrbanMacro | Scenario::UrbanMicro) | Formula::ExtendedHata(Environment::Urban) => {
            LandClass::Town
        }
        Formula::Standard(Scenario::SuburbanMacro) | Formula::ExtendedHata(Environment::Suburban) => LandClass::Village,
        _ => LandClass::Open,
    };
    let outside = |value: String| {
        DeskError::input(
            ErrorKind::BadInput,
            "link.outside_model",
            value,
            "Giá trị này nằm ngoài phạm vi của mô hình.",
            "This value lies outside the model's range.",
        )
    };
    let land = parameters.land(class).ok_or_else(|| outside(class.code().to_owned()))?;
    let usual = |given: Option<Metres>, usual: f64| given.unwrap_or_else(|| Metres::computed(usual));
    let link = Link {
        formula: question.formula,
        frequency_mhz: question.frequency_mhz,
        antenna_height: question.antenna_height,
        distance: question.distance,
        around: Surroundings {
            building_height: usual(question.built.0, land.building_height_m.value),
            street_width: usual(question.built.1, land.street_width_m.value),
            handset_height: question.handset_height,
            vegetation: land.vegetation.value,
        },
    };
    let loss = link.loss().map_err(|error| outside(error.to_string()))?;
    let received = loss.received(&parameters, land, question.frequency_mhz, question.eirp_dbm);
    Ok(LinkAnswer {
        los_db: loss.losses.los.loss_db,
        los_sigma_db: loss.losses.los.sigma_db,
        nlos_db: loss.losses.nlos.loss_db,
        nlos_sigma_db: loss.losses.nlos.sigma_db,
        los_probability: loss.los_probability,
        notes: loss.notes,
        received,
        threshold_dbm: parameters.threshold_dbm.value,
        placeholders: parameters.placeholders(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_keep_their_place_and_are_listed_with_the_reason() {
        let file = "scenario,cond,f_mhz,h_bs_m,h_ut_m,d2d_m,W_m,h_bldg_m,mine\n\
                    RMa,NLOS,3500,30,1.5,2000,20,5,kept\n\
                    RMb,NLOS,3500,30,1.5,2000,20,5,\n\
                    RMa,NLOS,3500,200,1.5,2000,20,5,\n\
                    RMa,maybe,3500,30,1.5,2000,20,5,\n\
                    UMa,LOS,3500,25,1.5,x,,,\n\
                    RMa,LOS,3500,30,1.5,12000,,,\n";
        let answer = link_losses(file.as_bytes()).unwrap();
        let refused: Vec<(u64, &str)> = answer.refused.iter().map(|row| (row.line, row.column)).collect();
        assert_eq!(refused, [(3, "scenario"), (4, "h_bs_m"), (5, "cond"), (6, "d2d_m")]);
        assert_eq!(answer.computed, 2);
        let text = String::from_utf8(answer.bytes).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].ends_with("mine,path_loss_db,sigma_db,los_probability,notes,problem"), "{}", lines[0]);
        assert!(lines[1].starts_with("RMa,NLOS,3500,30,1.5,2000,20,5,kept,143."), "{}", lines[1]);
        assert!(lines[3].ends_with("h_bs_m `200`: RMa takes 10 to 150 only"), "{}", lines[3]);
        assert!(lines[6].contains("beyond_los_range"), "{}", lines[6]);
        assert_eq!(lines.len(), 7);
    }

    #[test]
    fn a_file_without_a_needed_column_is_refused_by_name() {
        let error = link_losses(b"scenario,cond\nRMa,LOS\n").unwrap_err();
        assert_eq!((error.code(), error.value().as_deref()), ("link.column_missing", Some("f_mhz")));
    }
}
