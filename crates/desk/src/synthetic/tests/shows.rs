//! The sample shows what its README says it shows.

use hatang_core::Planar;

use super::{communes, read::Feature};
use crate::synthetic::{
    masts::TOO_CLOSE,
    path::{Path, Ring},
    plane::distance,
};

#[test]
fn two_hamlets_have_no_5g_station_near_and_one_of_them_has_a_mast_with_room() {
    for commune in communes() {
        let readme = commune.text("README.md");
        let dark: Vec<Ring> = commune
            .layer("plan/hamlets")
            .iter()
            .filter(|hamlet| readme.contains(&format!("**{} (", hamlet.text("name"))))
            .map(Feature::ring)
            .collect();
        assert_eq!(dark.len(), 2, "seed {}", commune.seed);
        let away = |area: &Ring, at: Planar| if area.contains(at) { 0.0 } else { area.edge_distance(at) };
        for station in
            commune.layer("assets/radio_station").iter().filter(|station| station.text("technologies") == "5g")
        {
            assert!(dark.iter().all(|area| 350.0 < away(area, station.points()[0])), "seed {}", commune.seed);
        }
        let free = |mast: &&Feature| {
            mast.number("slots_used") < mast.number("slots_total") && mast.number("slots_used").is_some()
        };
        let masts = commune.layer("assets/mast");
        let near = |mast: &&Feature| dark.iter().any(|area| away(area, mast.points()[0]) < 250.0);
        assert!(masts.iter().filter(near).any(|mast| free(&mast)), "seed {}", commune.seed);
    }
}

#[test]
fn one_pair_of_masts_stands_too_close_and_no_other() {
    for commune in communes() {
        let at: Vec<Planar> = commune.layer("assets/mast").iter().map(|mast| mast.points()[0]).collect();
        let apart = |a: usize| at[..a].iter().map(|other| distance(*other, at[a])).collect::<Vec<_>>();
        let close: Vec<f64> = (0..at.len()).flat_map(apart).filter(|metres| *metres < 250.0).collect();
        assert_eq!(close.len(), 1, "seed {}: {close:?}", commune.seed);
        assert!((close[0] - TOO_CLOSE).abs() < 0.5, "{close:?}");
    }
}

#[test]
fn each_requested_mast_stands_where_its_note_says() {
    // request, nearest mast in metres, tolerance, whether the nearest has a known free slot
    let cases = [
        ("mast-near-a-free-slot", 100.0, 0.3, Some(true)),
        ("mast-near-an-unknown-slot", 150.0, 0.3, Some(false)),
        ("mast-at-the-limit", 119.0, 0.3, None),
    ];
    for commune in communes() {
        let masts = commune.layer("assets/mast");
        let nearest = |at: Planar| {
            let away = |mast: &Feature| distance(mast.points()[0], at);
            let mast = masts.iter().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap();
            (away(mast), mast)
        };
        for (name, metres, tolerance, free) in cases {
            let at = commune.layer(&format!("requests/{name}"))[0].points()[0];
            let (away, mast) = nearest(at);
            assert!((away - metres).abs() < tolerance, "seed {}: {name} {away}", commune.seed);
            let known =
                mast.number("slots_total").zip(mast.number("slots_used")).is_some_and(|(total, used)| used < total);
            assert!(free.is_none_or(|free| free == known), "seed {}: {name}", commune.seed);
        }
        for name in ["mast-in-an-uncovered-hamlet", "mast-for-one-operator"] {
            let at = commune.layer(&format!("requests/{name}"))[0].points()[0];
            assert!(450.0 < nearest(at).0, "seed {}: {name} {}", commune.seed, nearest(at).0);
        }
    }
}

#[test]
fn requested_lines_run_beside_what_they_should_share() {
    let far = |line: &Feature, from: &Feature| {
        let path = Path(from.points());
        line.points().iter().map(|at| path.nearest(*at).1).fold(0.0, f64::max)
    };
    for commune in communes() {
        let request = |name: &str| commune.layer(&format!("requests/{name}")).remove(0);
        let poles: Vec<Planar> = commune.layer("assets/pole").iter().map(|pole| pole.points()[0]).collect();
        for at in request("pole-line-on-a-served-road").points() {
            let near = poles.iter().map(|pole| distance(*pole, at)).fold(f64::INFINITY, f64::min);
            assert!(near < 60.0, "seed {}: {near} m to the nearest pole", commune.seed);
        }
        let room = |duct: &&Feature| {
            duct.number("bores_used").zip(duct.number("bores_total")).is_some_and(|(used, all)| used < all)
        };
        let ducts = commune.layer("assets/duct");
        let beside = request("duct-beside-free-bores");
        let along = |duct: &&Feature| duct.points().iter().all(|at| Path(beside.points()).nearest(*at).1 < 2.5);
        assert!(3 <= ducts.iter().filter(along).filter(room).count(), "seed {}", commune.seed);
        let opened = commune.layer("plan/works").remove(0);
        assert!(far(&request("duct-during-road-works"), &opened) < 9.0, "seed {}", commune.seed);
    }
}
