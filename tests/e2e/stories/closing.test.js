import assert from 'node:assert/strict';
import { story } from '../support/story.js';
import { terrain } from '../support/terrain.js';

story('a step of a carrier\'s closing plan becomes a draft request by one click', { as: 'viettel', address: '?desk=coverage&part=closing&network=viettel' }, async (office) => {
  const { page } = office;
  await page.getByTestId('closing-start').click();
  await page.getByTestId('closing-result').waitFor({ timeout: 60_000 });
  const step = page.getByTestId('closing-pick').filter({ has: page.getByRole('button', { name: 'Lập hồ sơ nháp' }) }).first();
  await step.getByRole('button', { name: 'Lập hồ sơ nháp' }).click();

  const shown = page.getByTestId('case');
  await shown.getByRole('heading', { name: /^VIETTEL-\d{4}-001$/ }).waitFor();
  await shown.locator('[data-state="draft"]').first().waitFor();
  assert.match(await shown.innerText(), /Bước \d+ của phương án phủ sóng/);
  assert.match(await shown.innerText(), /Hạ tầng có thể dùng chung/);
  await office.mapRests();
});

story('a planner loads terrain, computes over it, and a closing plan looks over the same hills', { as: 'phu-trach-quy-hoach', address: '?desk=coverage&part=sources&network=viettel' }, async (office) => {
  const { page } = office;
  await page.getByText('Nạp tệp địa hình hoặc lưới dân số').click();
  // Walls from north to south, a kilometre apart.
  const height = (lon) => ((lon * 100) % 1 < 0.2 ? 60 : 2);
  const buffer = terrain({ west: 106.3, north: 20.85, cell: 0.001, columns: 350, rows: 350, height });
  const form = page.getByTestId('ground-form');
  await form.locator('input[type=file]').setInputFiles({ name: 'dem.tif', mimeType: 'image/tiff', buffer });
  await form.locator('input[type=date]').fill('2024-06-30');
  await form.locator('input[type=text]').fill('mô phỏng cho bài thử');
  await form.getByRole('button', { name: 'Nạp tệp', exact: true }).click();
  await page.getByText('mô phỏng cho bài thử').first().waitFor();

  await page.goto(new URL('?desk=coverage&part=closing&network=viettel&model=p1812', page.url()).href);
  await page.getByTestId('closing-start').click();
  const result = page.getByTestId('closing-result');
  await result.waitFor({ timeout: 120_000 });
  const told = await result.innerText();
  assert.match(told, /ITU-R P\.1812/);
  assert.match(told, /mô phỏng cho bài thử/);
  await office.mapRests();
});
