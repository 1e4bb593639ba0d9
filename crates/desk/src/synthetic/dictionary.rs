//! The sample folder's README: what every file and every field is, and what is wrong on purpose.

use super::{faults::Fault, land::Land, masts::TOO_CLOSE, requests::Request};

/// Tables of fields by file. The words after a field's name give its unit or its code list.
const FIELDS: &str = include_str!("dictionary/fields.md");

/// What the README counts and names.
pub(super) struct Contents<'a> {
    pub(super) seed: u64,
    pub(super) land: &'a Land,
    /// File path and number of features.
    pub(super) counts: Vec<(&'static str, usize)>,
    pub(super) doubled_road: &'a str,
    pub(super) requests: &'a [Request],
    pub(super) faults: &'a [Fault],
}

/// `README.md` of the sample folder.
pub(super) fn readme(contents: &Contents<'_>) -> String {
    let seed = contents.seed;
    let counts = lines(contents.counts.iter().map(|(path, count)| format!("| `{path}` | {count} |")));
    let requests =
        lines(contents.requests.iter().map(|request| format!("| `{}.geojson` | {} |", request.name, request.en)));
    let faults = lines(
        contents.faults.iter().map(|fault| format!("| `{}` | `{}` | {} |", fault.file, fault.options, fault.says)),
    );
    let dark = contents.land.dark().map(|index| {
        let village = &contents.land.villages[index];
        format!("{} ({} people)", village.name, village.people)
    });
    let (doubled, close) = (contents.doubled_road, TOO_CLOSE);
    format!(
        "# Sample data: a synthetic commune

**Toàn bộ dữ liệu trong thư mục này là mô phỏng**: không có cột, tuyến cáp, công trình, thôn hay con số nào là của thật. Tên doanh
nghiệp là tên thật đi kèm chữ “(mô phỏng)”; tài sản ghi cho họ là bịa ra để dùng thử.

**Everything in this folder is synthetic**: no mast, route, work, hamlet or number in it is real. Carriers' names are real and
marked “(mô phỏng)”; what is recorded for them is invented. Only these are taken from publications: the commune's name, code, population (45,332),
area (30.6 km²) and extent. Hamlet names are common ones and mean no particular hamlet; the roads are like those of the
delta and not a map of it. There are no people in it.

Made by `hatang generate --commune --seed {seed} --out sample-data`; the same seed gives the same bytes. Positions are WGS 84 (RFC 7946) with six
decimals (0.1 m). Files are sorted by code or name.

## What there is

| file | features |
|---|---|
{counts}
| `plan/organisations.json` | 10 |
| `imports/towerco-masts-vn2000.csv` | 4 |

Two hamlets have no 5G from anybody: **{}**, where a mast of the tower company has two free slots and carries 4G only, and **{}**, which has no mast
at all.

Questionable on purpose inside the main files, to be found rather than refused: two carriers' masts stand {close:.0} m apart (the note says so); `{doubled}` has a
pole line on either side; some ducts in `Phố Bến Xe` lie 0.4 m deep; some aerial routes hang lower than 5.5 m; some poles carry two boxes.

{FIELDS}
## Requests to try (`requests/`)

`hatang screen sample-data/requests/NAME.geojson`. Each file also carries `note_vi` and `note_en`.

| file | why it exists |
|---|---|
{requests}

## Files that are wrong on purpose (`faults/`)

`hatang import sample-data/faults/FILE OPTIONS --dry-run`. Rows that are not at fault go in; nothing is repaired
silently. Rows are counted as the report counts them: features from 1; in a table the head is row 1.

| file | options | what is wrong and what Hatang should say |
|---|---|---|
{faults}
",
        dark[0], dark[1]
    )
}

fn lines(rows: impl Iterator<Item = String>) -> String {
    rows.collect::<Vec<_>>().join("\n")
}
