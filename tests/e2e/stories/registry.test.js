import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { story } from '../support/story.js';

const carrier = { as: 'viettel', address: '?desk=registry&at=106.4853,20.6793,16' };
const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

story('a mast is entered by hand from surveyed numbers, changed, and keeps its history', carrier, async (office) => {
  const { page, panel } = office;
  await panel.getByRole('tab', { name: 'Đăng ký mới' }).click();
  const form = page.getByTestId('asset-form');
  await form.getByRole('textbox', { name: 'Vị trí' }).fill('X=2287478.442 Y=575910.005');
  await form.getByText('EPSG:9210').waitFor();
  await page.getByTestId('nearby').waitFor();
  await form.getByLabel('Mã', { exact: true }).fill('E2E-COT-1');
  await form.getByLabel('Chiều cao (m)', { exact: true }).fill('36');
  await form.getByRole('button', { name: 'Kiểm tra trước khi ghi' }).click();
  await form.getByText('Trước khi ghi').waitFor();
  await form.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await panel.getByText('Đã ghi vào sổ').waitFor();
  await panel.getByRole('button', { name: 'Mở công trình' }).click();

  await office.details.getByRole('heading', { name: 'E2E-COT-1' }).waitFor();
  await office.details.getByRole('button', { name: 'Sửa', exact: true }).click();
  await form.getByLabel('Chiều cao (m)', { exact: true }).fill('42');
  await form.getByLabel('Lý do (không ghi tên người)').fill('nâng cột');
  await form.getByRole('button', { name: 'Kiểm tra trước khi ghi' }).click();
  await form.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await panel.getByRole('button', { name: 'Mở công trình' }).click();
  await office.details.getByRole('button', { name: 'Lịch sử' }).click();
  const history = page.getByTestId('history');
  await history.waitFor();
  const told = await history.innerText();
  assert.match(told, /nâng cột/);
  assert.match(told, /Chiều cao: 36(\.0)? → 42/);
});

story('a file with a fault is looked at, comes in without the faulty row, and goes out again as one', { ...carrier, address: '?desk=imports&at=106.4853,20.6793,16' }, async (office) => {
  const { page } = office;
  await page.getByTestId('upload-form').locator('input[type=file]').setInputFiles(fixture('masts-with-a-fault.csv'));
  await page.getByRole('button', { name: 'Tải lên và kiểm tra' }).click();
  const card = page.getByTestId('import-card');
  await card.getByTestId('import-rows').getByRole('button', { name: 'E2E-3' }).waitFor();
  assert.match(await card.getByTestId('findings').innerText(), /Dòng 3[\s\S]*height_m[\s\S]*cao/);
  const masts = async () => (await office.asksAsThePage('/api/v1/assets?class=mast&bbox=106.485,20.679,106.486,20.68')).features;
  const ours = async () => (await masts()).filter(({ properties }) => properties.code?.startsWith('E2E-')).map(({ properties }) => `${properties.code} ${properties.status}`).sort();
  assert.deepEqual(await ours(), [], 'nothing is written before somebody agrees');

  // The tab is closed and opened again.
  await office.reloads();
  await page.getByRole('button', { name: /masts-with-a-fault\.csv/ }).click();
  const write = card.getByRole('button', { name: 'Ghi 2 công trình vào sổ' });
  await write.waitFor();
  assert.ok(await write.isDisabled(), 'what it would do must be agreed with');
  for (const box of await card.getByRole('checkbox').all()) await box.check();
  await write.click();
  await card.getByText('Biên nhận').waitFor();
  assert.deepEqual(await ours(), ['E2E-1 operational', 'E2E-3 operational']);

  await card.getByText('Hoàn tác cả đợt nhập').click();
  await card.getByLabel('Lý do (không ghi tên người)').fill('nhầm tệp');
  await card.getByRole('button', { name: 'Xác nhận hoàn tác' }).click();
  await card.locator('.badge', { hasText: 'đã hoàn tác' }).waitFor();
  assert.deepEqual(await ours(), ['E2E-1 decommissioned', 'E2E-3 decommissioned']);
});

story('an object that nobody has registered is reported and claimed', { as: 'vnpt', address: '?desk=registry&at=106.4853,20.6793,17' }, async (office) => {
  const { page, panel } = office;
  await panel.getByRole('tab', { name: 'Sai lệch thực địa' }).click();
  await panel.getByRole('button', { name: 'Báo công trình chưa có trong sổ' }).click();
  const form = page.getByTestId('report-deviation');
  await form.getByRole('button', { name: 'Lấy tâm bản đồ' }).click();
  await form.getByLabel('Đã thấy gì (không ghi tên người)').fill('cột bê tông không biển hiệu');
  await form.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await panel.getByText('Đã gửi báo cáo').waitFor();
  await panel.getByRole('button', { name: 'Đóng', exact: true }).click();
  const card = page.getByTestId('deviation').first();
  await card.getByRole('button', { name: 'Nhận là của đơn vị' }).click();
  await card.locator('.badge', { hasText: 'đã có đơn vị nhận' }).waitFor();
});
