import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { agrees, assesses, files, shownCase, verdictOn } from '../support/requests.js';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const RULE = 'SP-BN-1';
/** The set that the sample plan is judged by. */
const SET = 'bac-ninh-72-2025';
const NEXT_YEAR = new Date().getFullYear() + 1;

const request = sampleRequest('mast-near-a-free-slot');
const [place] = request.positions;

const card = (office) => office.page.locator(`article[data-rule="${RULE}"]`);

/** Gives the rule another urban distance from a day on, with the reason, and waits until its version stands there. */
async function entersDistance(office, { metres, from, reason, version }) {
  await card(office).getByRole('button', { name: 'Nhập con số' }).click();
  await card(office).getByLabel('Khoảng cách trong đô thị').fill(String(metres));
  await card(office).getByLabel('Hiệu lực từ ngày').fill(from);
  await card(office).getByLabel('Lý do sửa').fill(reason);
  await card(office).getByRole('button', { name: 'Lưu phiên bản mới' }).click();
  await card(office).getByText(`Các phiên bản khác (${version - 1})`).waitFor();
}

/** Opens the desk of rules at the set in force. */
async function opensRules(office) {
  await office.goesToDesk('Quy hoạch & quy tắc');
  await office.page.getByTestId('rule-set').selectOption(SET);
  await card(office).waitFor();
}

/** Goes back to the kept request and reads it anew. */
async function rereadsRequest(office) {
  await office.goesToDesk('Hồ sơ');
  await shownCase(office).waitFor();
  await office.reloads();
  await verdictOn(office, RULE).waitFor();
}

const atScreening = { as: 'vnpt', address: `?desk=screening&at=${place},16` };

story('a rule gets another distance from a later day, and a kept request is judged again only where it holds', atScreening, async (office) => {
  const { page } = office;
  await files(office, request);
  await assesses(office);
  await agrees(office, RULE);
  const kept = () => office.readsFinding(RULE);
  assert.match((await kept()).text, /Quy tắc SP-BN-1, phiên bản 1/);

  await opensRules(office);
  assert.match(await card(office).innerText(), /Phiên bản 1 · từ đầu/);
  await entersDistance(office, { metres: 150, from: `${NEXT_YEAR}-07-01`, reason: 'Quyết định sửa đổi, hiệu lực năm sau', version: 2 });
  await card(office).getByText('Các phiên bản khác (1)').click();
  const later = await card(office).innerText();
  assert.match(later, /Phiên bản 1 · từ đầu/, 'the version of today still stands');
  assert.match(later, /Khoảng cách trong đô thị\s+120\sm/);
  assert.match(later, new RegExp(`Phiên bản 2 ·\\s+từ 01/07/${NEXT_YEAR}`));
  assert.match(later, /Khoảng cách trong đô thị\s+150\sm/);
  await assertAccessible(page, 'rule with versions');

  await rereadsRequest(office);
  assert.match((await kept()).text, /Quy tắc SP-BN-1, phiên bản 1/);
  assert.equal(await verdictOn(office, RULE).getAttribute('data-opinion'), 'agree', 'a version of a later day changes no answer');
  assert.equal(await page.getByTestId('changes').count(), 0);

  await opensRules(office);
  await entersDistance(office, { metres: 160, from: '2026-01-01', reason: 'Đính chính, hiệu lực từ đầu năm 2026', version: 3 });
  assert.match(await card(office).innerText(), /Phiên bản 3 · từ 01\/01\/2026/);
  await rereadsRequest(office);
  assert.match((await kept()).text, /Quy tắc SP-BN-1, phiên bản 1/, 'what was kept says what it rested on');
  assert.match(await page.getByTestId('changes').innerText(), /SP-BN-1[\s\S]*quy tắc phiên bản 1 → 3/);
  assert.equal(await verdictOn(office, RULE).getAttribute('data-opinion'), 'rerate');
  await verdictOn(office, RULE).getByText('Nội dung này đã thay đổi: hãy đối chiếu lại trước.').waitFor();
});

/** The reply to a sharing request, of the set that nobody has filled in yet. */
const CLOCK = 'CK-SHARE';
const OWN_SET = 'hai-phong';

const clock = (office) => office.page.locator(`article[data-clock="${CLOCK}"]`);

/** Opens the form of the clock and fills it in but for how long. */
async function beginsClock(office, { from, reason }) {
  await clock(office).getByRole('button', { name: 'Nhập thời hạn' }).click();
  await clock(office).getByLabel('Hiệu lực từ ngày').fill(from);
  await clock(office).getByLabel('Văn bản').fill('QĐ 05/2027/QĐ-UBND Hải Phòng');
  await clock(office).getByLabel('Điều khoản').fill('Điều 12 khoản 2');
  await clock(office).getByLabel('Nội dung (tiếng Việt)').fill('Chủ sở hữu trả lời trong 7 ngày làm việc.');
  await clock(office).getByLabel('Lý do sửa').fill(reason);
}

const period = (office, name) => clock(office).getByRole('group', { name });

story('an official enters a period from a later day, corrects it for today, and takes it away', { as: 'phong-kinh-te', address: '?desk=rules' }, async (office) => {
  const { page } = office;
  await page.getByTestId('rule-set').selectOption(OWN_SET);
  await clock(office).getByText('chưa nhập', { exact: true }).waitFor();

  await beginsClock(office, { from: `${NEXT_YEAR}-01-01`, reason: 'Quyết định mới của thành phố' });
  await period(office, 'Thời hạn').getByLabel('Tính theo').selectOption('ngày làm việc');
  await period(office, 'Thời hạn').getByLabel('Số lượng').fill('7');
  await period(office, 'Được gia hạn thêm').getByLabel('Tính theo').selectOption('ngày');
  await period(office, 'Được gia hạn thêm').getByLabel('Số lượng').fill('15');
  await assertAccessible(page, 'clock form');
  await clock(office).getByRole('button', { name: 'Lưu phiên bản mới' }).click();
  await clock(office).getByText('Các phiên bản khác (1)').click();
  const later = await clock(office).innerText();
  assert.match(later, /^[^\n]*\s+CK-SHARE\s+chưa nhập/, 'today nothing holds yet');
  assert.match(later, new RegExp(`7 ngày làm việc, gia hạn 15 ngày\\s+Phiên bản 2 · từ 01/01/${NEXT_YEAR}`));

  await beginsClock(office, { from: '2026-01-01', reason: 'Áp dụng ngay' });
  assert.equal(await period(office, 'Thời hạn').getByLabel('Số lượng').inputValue(), '7', 'the form begins with the newest version');
  await period(office, 'Thời hạn').getByLabel('Tính theo').selectOption('một ngày cố định hằng năm');
  await period(office, 'Thời hạn').getByLabel('Ngày', { exact: true }).fill('30');
  await period(office, 'Thời hạn').getByLabel('Tháng', { exact: true }).fill('9');
  await period(office, 'Được gia hạn thêm').getByLabel('Tính theo').selectOption('không gia hạn');
  await clock(office).getByRole('button', { name: 'Lưu phiên bản mới' }).click();
  await clock(office).getByText('Phiên bản 3 · từ 01/01/2026').waitFor();
  assert.match(await clock(office).innerText(), /ngày 30 tháng 9 hằng năm\s+cán bộ nhập/);

  await beginsClock(office, { from: '2026-01-01', reason: 'Nhập nhầm' });
  await period(office, 'Thời hạn').getByLabel('Tính theo').selectOption('chưa nhập');
  assert.equal(await period(office, 'Được gia hạn thêm').count(), 0, 'what is not set is not lengthened');
  await clock(office).getByRole('button', { name: 'Lưu phiên bản mới' }).click();
  await clock(office).getByText('Phiên bản 4 · từ 01/01/2026').waitFor();
  await clock(office).getByText('Các phiên bản khác (3)').waitFor();
  const sets = (await office.asksAsThePage('/api/v1/rule-sets')).rule_sets;
  const kept = sets.find(({ code }) => code === OWN_SET).clocks.find(({ id }) => id === CLOCK);
  assert.deepEqual([kept.in_force, kept.versions.map(({ limit }) => limit?.kind ?? null)], [4, [null, 'each_year', 'working_days', null]]);
});

story('whoever may not enter numbers is offered no period to change', { as: 'viettel', address: '?desk=rules' }, async (office) => {
  await office.page.getByTestId('rule-set').selectOption(OWN_SET);
  await clock(office).waitFor();
  assert.equal(await clock(office).getByRole('button').count(), 0);
});

const area = (office) => office.page.getByTestId('rule-area');

/** A square of some hundred metres around a place. */
function around([lon, lat]) {
  const [west, south, east, north] = [lon - 0.004, lat - 0.004, lon + 0.004, lat + 0.004];
  return { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] };
}

/** Opens the form of the area, chooses where the set holds and saves with a reason. */
async function setsArea(office, { choice, geometry, reason }) {
  await area(office).getByText('Đặt phạm vi áp dụng').click();
  await area(office).getByLabel(choice).check();
  if (geometry) {
    const file = { name: 'pham-vi.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(geometry)) };
    await area(office).getByLabel('Tệp có một Polygon').setInputFiles(file);
  }
  await area(office).getByLabel('Văn bản và lý do đổi phạm vi').fill(reason);
  await area(office).getByRole('button', { name: 'Lưu phạm vi' }).click();
}

story('whoever adopts plans says where a rule set holds, and the map shows it', { as: 'phu-trach-quy-hoach', address: `?desk=rules&at=${place},14` }, async (office) => {
  const { page } = office;
  office.witness.expects(/status of 400/);
  await page.getByTestId('rule-set').selectOption('national');
  await page.locator('article[data-rule]').first().waitFor();
  assert.equal(await area(office).count(), 0, 'the national set holds everywhere');

  await page.getByTestId('rule-set').selectOption(OWN_SET);
  await area(office).getByText('toàn bộ địa bàn của cơ quan ban hành').waitFor();
  await setsArea(office, { choice: 'trong ranh giới hiện tại của xã', reason: 'Quyết định 12 của thành phố' });
  const { area_km2 } = await office.asksAsThePage('/api/v1/territory');
  await area(office).getByText(new RegExp(`một vùng rộng ${Math.floor(area_km2)},\\d+\\skm²`)).waitFor();

  await setsArea(office, { choice: 'trong vùng của một tệp GeoJSON', geometry: { type: 'Point', coordinates: place }, reason: 'Khu trung tâm' });
  await area(office).getByText('hình học là Point, cần Polygon, MultiPolygon').waitFor();
  await assertAccessible(page, 'rule set area');
  await area(office).getByRole('button', { name: 'Bỏ' }).click();
  await setsArea(office, { choice: 'trong vùng của một tệp GeoJSON', geometry: around(place), reason: 'Khu trung tâm' });
  await area(office).getByText(/một vùng rộng 7\d,\d\sha/).waitFor();

  const before = await office.photographsMap();
  await area(office).getByRole('button', { name: 'Xem trên bản đồ', exact: true }).click();
  await area(office).getByRole('button', { name: 'Thôi xem trên bản đồ' }).waitFor();
  await office.mapRests();
  assert.ok(before.differsFrom(await office.photographsMap()), 'the area is on the map');

  await setsArea(office, { choice: 'trên toàn bộ địa bàn, không giới hạn', reason: 'Bãi bỏ giới hạn' });
  await area(office).getByText('toàn bộ địa bàn của cơ quan ban hành').waitFor();
  const changes = await office.asksAsThePage(`/api/v1/rule-sets/${OWN_SET}/changes`);
  assert.deepEqual(changes.map(({ reason }) => reason), ['Bãi bỏ giới hạn', 'Khu trung tâm', 'Quyết định 12 của thành phố', null]);
});
