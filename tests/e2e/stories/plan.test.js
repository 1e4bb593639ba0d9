import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { story } from '../support/story.js';

const PLACE = [106.4815, 20.68];
/** Far from every label and asset of the sample: three corners of a zone. */
const CORNERS = [[106.4795, 20.6785], [106.4825, 20.6785], [106.481, 20.681]];

const atRules = { as: 'van-hanh', address: `?desk=rules&at=${PLACE},15` };

const form = (office) => office.page.getByTestId('plan-form');
const layer = async (office, name) => (await office.asksAsThePage(`/api/v1/plan/${name}`)).features;

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
  await page.getByRole('button', { name: 'Thêm khu vực' }).click();
  await form(office).getByLabel('Quy định áp dụng').selectOption('no_new_poles');
  await form(office).getByLabel('Tên khu vực (không bắt buộc)').fill('Quanh chợ');
  await drawsArea(office, CORNERS);
  await form(office).getByText(/3 góc, rộng 4,\d\sha/).waitFor();
  assert.equal(office.address.get('asset'), null, 'what lies under the drawing is not selected');
  const save = form(office).getByRole('button', { name: 'Lưu thành phiên bản mới' });
  assert.equal(await save.isDisabled(), true, 'nothing is changed without a reason');
  await form(office).getByLabel('Lý do sửa quy hoạch').fill('Chỉnh trang khu chợ');
  await assertAccessible(page, 'plan form');
  await save.click();
  await page.getByText('Đã lưu quy hoạch phiên bản 2.').waitFor();

  const zones = await layer(office, 'zones');
  assert.equal(zones.length, before.length + 1);
  assert.deepEqual([zones.at(-1).properties.zone, zones.at(-1).properties.name], ['no_new_poles', 'Quanh chợ']);
});

story('an official moves a planned mast and gives a planned duct up', atRules, async (office) => {
  const { page } = office;
  await page.getByText(/^Công trình trong quy hoạch/).click();
  await page.getByRole('button', { name: /^Dời, vẽ lại: Cột ăng ten QH-COT-01/ }).click();
  await office.mapRests();
  await form(office).getByRole('heading', { name: 'Dời Cột ăng ten QH-COT-01' }).waitFor();
  await form(office).locator('textarea').fill(PLACE.join(', '));
  await form(office).getByLabel('Lý do sửa quy hoạch').fill('Tránh đê');
  await page.keyboard.press('Enter');
  await page.getByText('Đã lưu quy hoạch phiên bản 2.').waitFor();
  const mast = (await layer(office, 'planned')).find(({ properties }) => properties.code === 'QH-COT-01');
  assert.deepEqual(mast.geometry.coordinates, PLACE);

  await page.getByText(/^Công trình trong quy hoạch/).click();
  await page.getByRole('button', { name: 'Bỏ Cống cáp QH-ONG-01' }).click();
  await page.getByLabel('Lý do sửa quy hoạch').fill('Dùng chung ống sẵn có');
  await page.keyboard.press('Enter');
  await page.getByText('Đã lưu quy hoạch phiên bản 3.').waitFor();
  assert.equal((await layer(office, 'planned')).some(({ properties }) => properties.code === 'QH-ONG-01'), false);
});

story('whoever only reads the plan is offered no change', { as: 'quy-hoach', address: '?desk=rules' }, async (office) => {
  await office.page.getByTestId('plan').getByText(/^Lịch sử/).waitFor();
  assert.equal(await office.page.getByRole('button', { name: 'Thêm khu vực' }).count(), 0);
});
