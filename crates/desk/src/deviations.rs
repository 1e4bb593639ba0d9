//! Where the registry and the ground differ: reported, answered, corrected; what nobody claims is kept by the commune.

mod answer;
mod list;
mod report;

pub use self::{
    answer::{Answer, answer_deviation},
    list::{DeviationView, list_deviations, show_deviation},
    report::{NewDeviation, report_deviation},
};
