import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { story } from '../support/story.js';

const atOversight = { as: 'van-hanh', address: '?desk=oversight' };

story('whoever oversees reads who came in and finds nothing where there is nothing', atOversight, async (office) => {
  const { page } = office;
  const rows = page.getByTestId('access-log').locator('tbody tr');
  await rows.filter({ hasText: 'Đăng nhập' }).first().waitFor();
  assert.ok(!(await office.panel.innerText()).includes('van-hanh'), 'the log names nobody');
  await assertAccessible(page, 'access log');
  await page.getByLabel('Loại truy cập').selectOption({ label: 'Xem dữ liệu cá nhân' });
  await page.getByRole('button', { name: 'Xem', exact: true }).click();
  await page.getByText('Không có mục nào').waitFor();
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await rows.first().waitFor();
});

story('the tables say who may do and who may see what', atOversight, async (office) => {
  const { page } = office;
  const { roles, rows } = await office.asks('/api/v1/permissions');
  await page.getByRole('button', { name: 'Bảng phân quyền' }).click();
  const table = page.getByRole('region', { name: 'Ai được làm gì' });
  await table.waitFor();
  assert.equal(await table.locator('thead th').count(), roles.length + 1);
  assert.equal(await table.locator('tbody tr').count(), rows.length);
  await assertAccessible(page, 'permissions');
});
