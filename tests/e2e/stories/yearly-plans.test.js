import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { story } from '../support/story.js';

const YEAR = new Date().getFullYear() + 1;
const PLACE = [106.4815, 20.68];
const atPlans = { as: 'vnpt', address: `?desk=cases&plans=${YEAR}&at=${PLACE},15` };

const table = (rows) => Buffer.from(`code,lon,lat,status,height_m,operators_designed\n${rows.join('\n')}\n`);

/** A carrier uploads its plan, looks at what was read, saves it and hands it in. */
async function handsIn(office, rows, found) {
  const { page } = office;
  const form = page.getByTestId('plan-file');
  await form.getByLabel('Tệp').setInputFiles({ name: 'ke-hoach.csv', mimeType: 'text/csv', buffer: table(rows) });
  await form.getByRole('button', { name: 'Đọc tệp' }).click();
  await form.getByText(found).waitFor();
  await form.getByLabel('Tên kế hoạch').fill('Phủ sóng thôn xa');
  await form.getByRole('button', { name: /^Lưu \d+ công trình thành kế hoạch nháp/ }).click();
  const shown = page.getByTestId('case');
  await shown.getByText(`Kế hoạch năm ${YEAR}`, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Gửi hồ sơ', exact: true }).click();
  await page.getByRole('button', { name: 'Gửi tới cơ quan' }).click();
  await shown.locator('[data-state="submitted"]').first().waitFor();
  await page.getByRole('button', { name: 'Danh sách hồ sơ' }).click();
}

story('two carriers hand in plans for a year, and the commune puts them together and adopts one of them', atPlans, async (office) => {
  const { page } = office;
  const [lon, lat] = PLACE;
  const outside = 'KH-3,9,9,planned,30,2';
  await handsIn(office, [`KH-1,${lon},${lat},planned,30,2`, `KH-2,${lon + 0.02},${lat},planned,36,1`, outside], '2 công trình dùng được, 1 dòng bị từ chối.');
  await page.locator('[data-item]').nth(1).waitFor();
  assert.equal(await page.locator('[data-item]').count(), 2, 'a carrier sees its own');
  await office.signsOut('VNPT (mô phỏng)');
  await office.signsIn('Viettel (mô phỏng)');
  await office.panel.getByText(`Chưa có kế hoạch nào cho năm ${YEAR}`).waitFor();
  await handsIn(office, [`KH-9,${lon + 0.0003},${lat},planned,40,2`], '1 công trình dùng được, 0 dòng bị từ chối.');
  await office.signsOut('Viettel (mô phỏng)');

  await office.signsIn('Phụ trách quy hoạch');
  const item = (name) => page.locator(`[data-item="${name}"]`);
  const near = item(`VNPT-KH${YEAR}-001/1`);
  await near.getByText(`VIETTEL-KH${YEAR}-001/1`).waitFor();
  assert.match(await near.innerText(), /không đạt SP-BN-1/);
  await assertAccessible(page, 'yearly plans');

  const adoption = page.getByTestId('adoption');
  await adoption.getByRole('button', { name: /^Chọn \d+ công trình không vướng/ }).waitFor();
  await item(`VNPT-KH${YEAR}-001/2`).getByRole('checkbox').check();
  const adopt = adoption.getByRole('button', { name: 'Đưa 1 công trình vào quy hoạch' });
  assert.equal(await adopt.isDisabled(), true, 'nothing is adopted without its instrument');
  await adoption.getByLabel('Văn bản hoặc lý do').fill('Quyết định thử nghiệm');
  await adopt.click();
  await adoption.getByText('Quy hoạch đã có phiên bản 2.').waitFor();
  await item(`VNPT-KH${YEAR}-001/2`).getByText('Đã vào quy hoạch').waitFor();
  const { features } = await office.asksAsThePage('/api/v1/plan/planned');
  assert.ok(features.some(({ properties }) => properties.code === 'KH-2'));
});
