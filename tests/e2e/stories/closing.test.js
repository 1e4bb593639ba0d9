import assert from 'node:assert/strict';
import { story } from '../support/story.js';

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
