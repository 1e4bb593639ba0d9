//! The numbers of each scenario.

use std::f64::consts::{PI, TAU};

use super::{LIGHT_M_PER_S, Model, Scenario, Sight, Slope, Surroundings};

/// The height that the standard takes off both antennas for a handset below 13 m in a town.
const EFFECTIVE_ENVIRONMENT_M: f64 = 1.0;

pub(super) fn prepare(scenario: Scenario, frequency_ghz: f64, antenna_m: f64, around: Surroundings) -> Model {
    let sight = Sight::new(scenario, antenna_m, around);
    let handset_m = around.handset_height.get();
    match scenario {
        Scenario::RuralMacro | Scenario::SuburbanMacro => {
            let los = village_los(frequency_ghz, antenna_m, around);
            Model {
                scenario,
                height_difference_m: antenna_m - handset_m,
                breakpoint_m: los.breakpoint_m,
                near: los.near,
                far: los.far,
                nlos: village_nlos(frequency_ghz, antenna_m, around),
                // The suburban row has no comparison with line of sight.
                nlos_at_least_los: scenario == Scenario::RuralMacro,
                sight,
            }
        }
        Scenario::UrbanMacro | Scenario::UrbanMicro => {
            let town = Town::of(scenario);
            let los = town_los(&town, frequency_ghz, antenna_m, handset_m);
            let nlos = Slope {
                constant_db: town.nlos_db + town.nlos_frequency_db * libm::log10(frequency_ghz)
                    - town.nlos_height_db_per_m * (handset_m - 1.5),
                per_decade_db: town.nlos_slope_db,
                linear_db_per_m: 0.0,
                sigma_db: town.nlos_sigma_db,
            };
            Model {
                scenario,
                height_difference_m: antenna_m - handset_m,
                breakpoint_m: los.breakpoint_m,
                near: los.near,
                far: los.far,
                nlos,
                nlos_at_least_los: true,
                sight,
            }
        }
    }
}

struct LineOfSight {
    breakpoint_m: f64,
    near: Slope,
    far: Slope,
}

/// `PL1` and `PL2` of the rural and suburban rows.
fn village_los(frequency_ghz: f64, antenna_m: f64, around: Surroundings) -> LineOfSight {
    let building_m = around.building_height.get();
    let building_172 = libm::pow(building_m, 1.72);
    let near = Slope {
        constant_db: 20.0 * libm::log10(40.0 * PI * frequency_ghz / 3.0) - (0.044 * building_172).min(14.77),
        per_decade_db: 20.0 + (0.03 * building_172).min(10.0),
        linear_db_per_m: 0.002 * libm::log10(building_m),
        sigma_db: 4.0,
    };
    let breakpoint_m = TAU * antenna_m * around.handset_height.get() * frequency_ghz * 1e9 / LIGHT_M_PER_S;
    let log_breakpoint = libm::log10(breakpoint_m);
    let at_breakpoint = near.constant_db + near.per_decade_db * log_breakpoint + near.linear_db_per_m * breakpoint_m;
    let far = Slope {
        constant_db: at_breakpoint - 40.0 * log_breakpoint,
        per_decade_db: 40.0,
        linear_db_per_m: 0.0,
        sigma_db: 6.0,
    };
    LineOfSight { breakpoint_m, near, far }
}

fn village_nlos(frequency_ghz: f64, antenna_m: f64, around: Surroundings) -> Slope {
    let building_m = around.building_height.get();
    let log_antenna = libm::log10(antenna_m);
    let per_decade_db = 43.42 - 3.1 * log_antenna;
    let log_handset = libm::log10(11.75 * around.handset_height.get());
    let ratio = building_m / antenna_m;
    let constant_db = 161.04 - 7.1 * libm::log10(around.street_width.get()) + 7.5 * libm::log10(building_m)
        - (24.37 - 3.7 * ratio * ratio) * log_antenna
        - 3.0 * per_decade_db
        + 20.0 * libm::log10(frequency_ghz)
        - (3.2 * log_handset * log_handset - 4.97);
    Slope { constant_db, per_decade_db, linear_db_per_m: 0.0, sigma_db: 8.0 }
}

/// What sets the two urban rows apart.
struct Town {
    los_db: f64,
    los_slope_db: f64,
    beyond_db: f64,
    nlos_db: f64,
    nlos_slope_db: f64,
    nlos_frequency_db: f64,
    nlos_height_db_per_m: f64,
    nlos_sigma_db: f64,
}

impl Town {
    const fn of(scenario: Scenario) -> Self {
        match scenario {
            Scenario::UrbanMicro => Self {
                los_db: 32.4,
                los_slope_db: 21.0,
                beyond_db: 9.5,
                nlos_db: 22.4,
                nlos_slope_db: 35.3,
                nlos_frequency_db: 21.3,
                nlos_height_db_per_m: 0.3,
                nlos_sigma_db: 7.82,
            },
            _ => Self {
                los_db: 28.0,
                los_slope_db: 22.0,
                beyond_db: 9.0,
                nlos_db: 13.54,
                nlos_slope_db: 39.08,
                nlos_frequency_db: 20.0,
                nlos_height_db_per_m: 0.6,
                nlos_sigma_db: 6.0,
            },
        }
    }
}

fn town_los(town: &Town, frequency_ghz: f64, antenna_m: f64, handset_m: f64) -> LineOfSight {
    let frequency_db = 20.0 * libm::log10(frequency_ghz);
    let breakpoint_m =
        4.0 * (antenna_m - EFFECTIVE_ENVIRONMENT_M) * (handset_m - EFFECTIVE_ENVIRONMENT_M) * frequency_ghz * 1e9
            / LIGHT_M_PER_S;
    let height_difference_m = antenna_m - handset_m;
    let constant_db = town.los_db + frequency_db;
    let slant_squared = breakpoint_m * breakpoint_m + height_difference_m * height_difference_m;
    LineOfSight {
        breakpoint_m,
        near: Slope { constant_db, per_decade_db: town.los_slope_db, linear_db_per_m: 0.0, sigma_db: 4.0 },
        far: Slope {
            constant_db: constant_db - town.beyond_db * libm::log10(slant_squared),
            per_decade_db: 40.0,
            linear_db_per_m: 0.0,
            sigma_db: 4.0,
        },
    }
}
