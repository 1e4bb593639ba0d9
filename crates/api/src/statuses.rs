//! Which problems each operation can answer with. They follow from what it takes; what does not is listed here. A reply
//! with a status that the document does not name fails every test that meets it.

use std::collections::BTreeSet;

use utoipa::openapi::{
    OpenApi, RefOr,
    path::{Operation, Parameter, ParameterIn},
};

/// Any operation: a session or token that has ended, a role that may not, the server at fault or too slow.
const ANY: [u16; 4] = [401, 403, 500, 503];

/// What the form of an operation does not tell, by its `operationId`.
const ALSO: &[(&str, &[u16])] = &[("acknowledgeImport", &[412]), ("revertImport", &[412]), ("decideDuplicate", &[412])];

/// The document with every operation's problems by status, instead of one `default` for whatever may come.
pub(crate) fn documented(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        for operation in
            [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
        {
            let statuses = statuses(path, operation);
            let responses = &mut operation.responses.responses;
            let Some(problem) = responses.remove("default") else { continue };
            for status in statuses {
                responses.entry(status.to_string()).or_insert_with(|| problem.clone());
            }
        }
    }
    document
}

fn statuses(path: &str, operation: &Operation) -> BTreeSet<u16> {
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
        statuses.extend([400, 404, 409, 413]);
    }
    if parameters.iter().any(|parameter| parameter.name.eq_ignore_ascii_case("if-match")) {
        statuses.extend([412, 428]);
    }
    let own = operation.operation_id.as_deref().unwrap_or_default();
    statuses.extend(ALSO.iter().filter(|(id, _)| *id == own).flat_map(|(_, also)| also.iter().copied()));
    statuses
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::Response;

    use super::*;

    #[test]
    fn every_operation_says_what_can_go_wrong_and_no_line_is_about_none() {
        let document = crate::openapi();
        let mut unused: BTreeSet<&str> = ALSO.iter().map(|(id, _)| *id).collect();
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
