import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { story } from '../support/story.js';

const PLACE = [106.4815, 20.68];
/** Far from every label and asset of the sample: three corners of a zone. */
const CORNERS = [[106.4795, 20.6785], [106.4825, 20.6785], [106.481, 20.681]];

const atRules = { as: 'van-hanh', address: `?desk=rules&at=${PLACE},15` };

const form = (office) => office.page.getByTestId('plan-form');
const layer = async (office, name) => (await office.asksAsThePage(`/api/v1/plan/${name}`)).features;

/** Chooses a layer of the plan, by its word. */
const choosesLayer = (office, word) => office.page.getByLabel('Lớp dữ liệu').selectOption(word);

const saved = (office, version) => office.page.getByText(`Đã lưu quy hoạch phiên bản ${version}.`).waitFor();

/** Draws an area corner by corner; Enter closes it. */
async function drawsArea(office, corners) {
  await office.page.getByRole('button', { name: 'Vẽ trên bản đồ' }).click();
  for (const corner of corners) {
    await office.pointsMapAt(corner);
    await office.clicksMapAt(corner);
  }
  await office.page.keyboard.press('Enter');
  await office.page.getByRole('button', { name: 'Vẽ trên bản đồ' }).waitFor();
}

story('an official draws a zone into the plan, with a reason, and the plan has a new version', atRules, async (office) => {
  const { page } = office;
  const before = await layer(office, 'zones');
  await page.getByRole('button', { name: 'Thêm đối tượng' }).click();
  await form(office).getByRole('heading', { name: 'Thêm vào lớp: Khu vực có quy định riêng' }).waitFor();
  await form(office).getByLabel('Quy định áp dụng').selectOption('no_new_poles');
  await form(office).getByLabel('Tên (không bắt buộc)').fill('Quanh chợ');
  await drawsArea(office, CORNERS);
  await form(office).getByText(/3 góc, rộng 4,\d\sha/).waitFor();
  assert.equal(office.address.get('asset'), null, 'what lies under the drawing is not selected');
  const save = form(office).getByRole('button', { name: 'Lưu thành phiên bản mới' });
  assert.equal(await save.isDisabled(), true, 'nothing is changed without a reason');
  await form(office).getByLabel('Lý do sửa quy hoạch').fill('Chỉnh trang khu chợ');
  await assertAccessible(page, 'plan form');
  await save.click();
  await saved(office, 2);

  const zones = await layer(office, 'zones');
  assert.equal(zones.length, before.length + 1);
  assert.deepEqual([zones.at(-1).properties.zone, zones.at(-1).properties.name], ['no_new_poles', 'Quanh chợ']);
});

story('an official moves a planned mast, plans it higher and gives a planned duct up', atRules, async (office) => {
  const { page } = office;
  await choosesLayer(office, 'planned:mast');
  await page.getByRole('button', { name: 'Sửa: Cột ăng ten QH-COT-01' }).click();
  await office.mapRests();
  await form(office).getByRole('heading', { name: 'Sửa Cột ăng ten QH-COT-01' }).waitFor();
  await form(office).getByLabel('Chiều cao (m)', { exact: true }).fill('42');
  await form(office).locator('textarea').fill(PLACE.join(', '));
  await assertAccessible(page, 'planned structure form');
  await form(office).getByLabel('Lý do sửa quy hoạch').fill('Tránh đê');
  await page.keyboard.press('Enter');
  await saved(office, 2);
  const mast = (await layer(office, 'planned')).find(({ properties }) => properties.code === 'QH-COT-01');
  assert.deepEqual([mast.geometry.coordinates, mast.properties.height_m], [PLACE, 42]);

  await choosesLayer(office, 'planned:duct');
  await page.getByRole('button', { name: 'Bỏ khỏi quy hoạch: Cống cáp QH-ONG-01' }).click();
  await page.getByLabel('Lý do sửa quy hoạch').fill('Dùng chung ống sẵn có');
  await page.keyboard.press('Enter');
  await saved(office, 3);
  assert.equal((await layer(office, 'planned')).some(({ properties }) => properties.code === 'QH-ONG-01'), false);
});

story('an official adds a priority place, finds it in the list and on the map, and gives it up again', atRules, async (office) => {
  const { page } = office;
  const before = await layer(office, 'places');
  await choosesLayer(office, 'places');
  await page.getByRole('button', { name: 'Thêm đối tượng' }).click();
  await form(office).getByLabel('Loại địa điểm').selectOption('school');
  await form(office).getByLabel('Tên', { exact: true }).fill('Trường mầm non Hoa Sen');
  await form(office).locator('textarea').fill(PLACE.join(', '));
  await form(office).getByLabel('Lý do sửa quy hoạch').fill('Trường mới khánh thành');
  await page.keyboard.press('Enter');
  await saved(office, 2);
  await page.getByLabel('Lọc theo tên, loại').fill('hoa sen');
  await page.getByText(`1 trong ${before.length + 1} đối tượng`).waitFor();
  const row = page.locator('[data-feature="Trường mầm non Hoa Sen"]');
  assert.match(await row.innerText(), /Trường học/);
  const shows = row.getByRole('button').first();
  await shows.click();
  await office.mapRests();
  const ringed = await office.photographsMap();
  await shows.click();
  await office.mapRests();
  assert.ok(ringed.differsFrom(await office.photographsMap()), 'the place is shown on the map while it is chosen');
  await assertAccessible(page, 'plan list');

  await row.getByRole('button', { name: 'Bỏ khỏi quy hoạch: Trường mầm non Hoa Sen' }).click();
  const gone = row.locator('form').getByRole('button', { name: 'Bỏ Trường mầm non Hoa Sen' });
  assert.equal(await gone.isDisabled(), true, 'nothing leaves the plan without a reason');
  await row.getByLabel('Lý do sửa quy hoạch').fill('Nhập nhầm xã');
  await gone.click();
  await saved(office, 3);
  await page.getByText('Không có đối tượng nào khớp với bộ lọc').waitFor();
  assert.deepEqual(await layer(office, 'places'), before);
});

story('what somebody else changed meanwhile is not written over, and the form goes on with its own feature', atRules, async (office) => {
  const { page } = office;
  office.witness.expects(/status of 409/);
  const [, second] = await layer(office, 'places');
  await choosesLayer(office, 'places');
  await page.getByRole('button', { name: `Sửa: ${second.properties.name}`, exact: true }).click();
  await form(office).getByLabel('Tên', { exact: true }).fill('Tên mới');
  await form(office).getByLabel('Lý do sửa quy hoạch').fill('Đổi tên');
  const act = { seen_version: 1, reason: 'Nhập nhầm', act: 'retire_feature', layer: 'places', number: 0 };
  const beside = await page.context().request.post(`${office.server.address}/api/v1/plan/changes`, { data: act });
  assert.equal(beside.status(), 200);

  const save = form(office).getByRole('button', { name: 'Lưu thành phiên bản mới' });
  await save.click();
  await page.getByText('Quy hoạch đã có phiên bản mới hơn').waitFor();
  await page.getByTestId('plan').getByRole('button', { name: 'Thử lại' }).click();
  await page.getByText('Quy hoạch đã có phiên bản mới hơn').waitFor({ state: 'detached' });
  await save.click();
  await saved(office, 3);
  const [first] = await layer(office, 'places');
  assert.deepEqual([first.properties.name, first.geometry], ['Tên mới', second.geometry], 'it has moved up by one number');
});

story('an official says of which parts the plan holds everything, and what it wants to reach', atRules, async (office) => {
  const { page } = office;
  const statement = page.getByTestId('plan-statement');
  await page.getByRole('button', { name: 'Sửa thông tin chung của quy hoạch' }).click();
  await statement.getByText('xa nhất là 1.025 m').waitFor();
  await statement.getByLabel('Đối tượng quy hoạch', { exact: true }).check();
  await statement.getByLabel('Khu vực đô thị', { exact: true }).uncheck();
  await statement.getByLabel('Các năm đã ban hành kế hoạch').fill('2026, 2027');
  await statement.getByRole('group', { name: 'Mục tiêu 2' }).getByLabel('Giá trị').fill('90');
  await assertAccessible(page, 'plan statement');
  await statement.getByLabel('Lý do sửa quy hoạch').fill('Rà soát cuối năm');
  await statement.getByRole('button', { name: 'Lưu thành phiên bản mới' }).click();
  await saved(office, 2);
  const plan = await office.asksAsThePage('/api/v1/plan');
  assert.deepEqual(
    [plan.complete.includes('planned'), plan.complete.includes('zone:urban'), plan.complete.includes('dykes'), plan.years_issued, plan.targets[1].value],
    [true, false, true, [2026, 2027], 90],
  );
});

story('whoever only reads the plan is offered no change', { as: 'quy-hoach', address: '?desk=rules' }, async (office) => {
  await office.page.getByTestId('plan').getByText(/^Lịch sử/).waitFor();
  assert.equal(await office.page.getByTestId('plan-editor').count(), 0);
  assert.equal(await office.page.getByRole('button', { name: 'Sửa thông tin chung của quy hoạch' }).count(), 0);
});

const outline = (office) => office.page.getByTestId('outline');
const preview = (office) => office.page.getByTestId('outline-preview');

/** Looks at what a file would make of the outline. */
async function looksAtOutline(office, geometry) {
  const upload = office.page.getByTestId('outline-upload');
  const file = { name: 'ranh-gioi.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(geometry)) };
  await upload.getByLabel('Tệp ranh giới').setInputFiles(file);
  await upload.getByRole('button', { name: 'Xem trước thay đổi' }).click();
}

/** The box of the territory without what lies east of a share of its width. */
function westOf([west, south, east, north], share) {
  const until = west + (east - west) * share;
  return { type: 'Polygon', coordinates: [[[west, south], [until, south], [until, north], [west, north], [west, south]]] };
}

story('whoever adopts plans looks at what a new outline leaves out before it is changed', { as: 'phu-trach-quy-hoach', address: '?desk=rules' }, async (office) => {
  const { page } = office;
  office.witness.expects(/status of 400/);
  const { bbox, name, people } = await office.asksAsThePage('/api/v1/territory');
  await outline(office).getByText(name).waitFor();
  await outline(office).getByText('Đổi ranh giới từ tệp').click();

  await looksAtOutline(office, { type: 'Point', coordinates: [106.48, 20.68] });
  await outline(office).getByText('hình học là Point, cần Polygon, MultiPolygon').waitFor();
  await looksAtOutline(office, westOf(bbox.map((degrees, index) => degrees + (index % 2 ? 0 : 1)), 1));
  await outline(office).getByText('gần như không chồng lên ranh giới hiện tại').waitFor();
  assert.equal(await preview(office).count(), 0);

  const before = await office.photographsMap();
  await looksAtOutline(office, westOf(bbox, 0.6));
  await preview(office).waitFor();
  await office.mapRests();
  assert.ok(before.differsFrom(await office.photographsMap()), 'the new outline is on the map');
  const told = await preview(office).innerText();
  assert.match(told, /Diện tích hiện tại\s+[\d,.]+\skm²\s+Diện tích mới\s+[\d,.]+\skm²/);
  assert.match(told, /Sẽ nằm ngoài ranh giới mới\s+[\d.]+ công trình trong sổ đăng ký\s+\d+ công trình quy hoạch\s+\d+ thôn, tổ dân phố: Thôn /);
  assert.deepEqual((await office.asksAsThePage('/api/v1/outline')).changes.length, 1, 'looking writes nothing');
  const save = outline(office).getByRole('button', { name: 'Đổi ranh giới', exact: true });
  assert.equal(await save.isDisabled(), true, 'nothing is changed without a reason');
  await outline(office).getByLabel('Văn bản và lý do đổi ranh giới').fill('Nghị quyết sắp xếp đơn vị hành chính');
  await assertAccessible(page, 'outline preview');
  await save.click();
  await outline(office).getByText('Đã đổi ranh giới, phiên bản 2.').waitFor();
  await outline(office).getByText('Lịch sử ranh giới (2)').click();
  await outline(office).getByText('Nghị quyết sắp xếp đơn vị hành chính').waitFor();
  const now = await office.asksAsThePage('/api/v1/outline');
  assert.deepEqual([now.name, now.people], [name, people], 'what is left empty stays');
  const [{ geometry }] = await layer(office, 'boundary');
  assert.equal(geometry.coordinates[0].length, 5);
});

story('whoever only enters numbers is offered no other outline', { as: 'phong-kinh-te', address: '?desk=rules' }, async (office) => {
  await outline(office).getByText('Diện tích').waitFor();
  assert.equal(await office.page.getByTestId('outline-upload').count(), 0);
});
