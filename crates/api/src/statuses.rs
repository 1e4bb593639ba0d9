//! Which problems each operation can answer with. They follow from what it takes; what does not is listed here. A reply
//! with a status that the document does not name fails every test that meets it.

use std::collections::BTreeSet;

use utoipa::openapi::{
    OpenApi, RefOr,
    path::{Operation, Parameter, ParameterIn},
};

/// Any operation: a session or token that has ended, a role that may not, the server at fault or too slow.
const ANY: [u16; 4] = [401, 403, 500, 503];

/// What the form of an operation does not tell: a status, and the operations by their `operationId`.
const ALSO: &[(u16, &[&str])] = &[
    // The client's copy is still true.
    (
        304,
        &[
            "listAssets",
            "showAsset",
            "showAssetRecord",
            "showAssetHistory",
            "listAssetsAsOf",
            "showTerritory",
            "showPlanLayer",
            "showQuality",
            "showCoverage",
            "listGaps",
            "coverageRaster",
            "coveragePackage",
            "listGroundSources",
            "listCoverageSources",
            "compareCoverage",
            "showFibreReach",
            "describeAssetTiles",
            "assetTile",
            "describeCoverageTiles",
            "coverageTile",
        ],
    ),
    // No plan, no outline, no such network or no sign-on service.
    (
        404,
        &[
            "exportPlan",
            "showUndecided",
            "showCoverage",
            "coverageRaster",
            "coveragePackage",
            "listGaps",
            "compareCoverage",
            "showFibreReach",
            "listCoverageSources",
            "listGroundSources",
            "beginSignOn",
            "endSignOn",
        ],
    ),
    // What another writer has changed meanwhile, or a writer who does not say what was seen.
    (412, &["amendAsset", "retireAsset", "acknowledgeImport", "revertImport", "decideDuplicate"]),
    (428, &["amendAsset", "retireAsset"]),
    // Guesses of secrets are counted.
    (
        429,
        &[
            "beginSession",
            "giveSecondFactor",
            "setUpAccount",
            "endSignOn",
            "changeMyPassword",
            "confirmSecondFactor",
            "giveUpSecondFactor",
            "renewRecoveryCodes",
        ],
    ),
    // The sign-on service does not answer.
    (502, &["beginSignOn", "endSignOn"]),
];

/// The document with every operation's problems by status, instead of one `default` for whatever may come.
pub(crate) fn documented(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let changing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].map(|it| (it, true));
        for (operation, changes) in changing.into_iter().chain([(&mut item.get, false)]) {
            let Some(operation) = operation else { continue };
            let statuses = statuses(path, operation, changes);
            let responses = &mut operation.responses.responses;
            let Some(problem) = responses.remove("default") else { continue };
            for status in statuses {
                responses.entry(status.to_string()).or_insert_with(|| problem.clone());
            }
        }
    }
    document
}

fn statuses(path: &str, operation: &Operation, changes: bool) -> BTreeSet<u16> {
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        })
        .collect();
    let takes = |place: &ParameterIn| parameters.iter().any(|parameter| parameter.parameter_in == *place);
    let mut statuses = BTreeSet::from(ANY);
    if takes(&ParameterIn::Query) || takes(&ParameterIn::Header) {
        statuses.insert(400);
    }
    if path.contains('{') {
        statuses.extend([400, 404]);
    }
    if operation.request_body.is_some() {
        statuses.extend([400, 404, 413]);
    }
    if changes {
        statuses.insert(409);
    }
    let own = operation.operation_id.as_deref().unwrap_or_default();
    statuses.extend(ALSO.iter().filter(|(_, operations)| operations.contains(&own)).map(|(status, _)| *status));
    statuses
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::Response;

    use super::*;

    #[test]
    fn every_operation_says_what_can_go_wrong_and_no_line_is_about_none() {
        let document = crate::openapi();
        let mut unused: BTreeSet<&str> = ALSO.iter().flat_map(|(_, operations)| operations.iter().copied()).collect();
        for item in document.paths.paths.values() {
            for operation in [&item.get, &item.post, &item.put, &item.patch, &item.delete].into_iter().flatten() {
                let own = operation.operation_id.as_deref().unwrap();
                unused.remove(own);
                let responses = &operation.responses.responses;
                assert!(!responses.contains_key("default") && responses.contains_key("500"), "{own}");
                assert!(matches!(responses["500"], RefOr::<Response>::T(_)), "{own}");
            }
        }
        assert!(unused.is_empty(), "{unused:?}");
    }
}
