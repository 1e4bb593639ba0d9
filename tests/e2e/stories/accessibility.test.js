import { assertAccessible } from '../support/accessibility.js';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const request = sampleRequest('mast-near-a-free-slot');

for (const screen of ['office', 'phone']) {
  for (const theme of ['light', 'dark']) {
    story(`every desk is accessible, ${theme}, on the screen of the ${screen}`, { as: 'phong-kinh-te', screen, theme }, async (office) => {
      const { page } = office;
      await assertAccessible(page, 'map');
      await office.opensTable();
      await assertAccessible(page, 'table');
      await office.table.getByRole('row').nth(1).click();
      await office.details.locator('h2').waitFor();
      await assertAccessible(page, 'details');
      await page.getByRole('button', { name: 'Đóng bảng' }).click();

      await office.goesToDesk('Đối chiếu');
      await assertAccessible(page, 'request');
      await office.screens(request);
      await page.getByTestId('host').first().getByRole('button', { name: 'Xem trên bản đồ' }).click();
      await office.mapRests();
      await assertAccessible(page, 'answer');

      await office.goesToDesk('Vùng phủ');
      await page.getByTestId('gap').first().click();
      await office.mapRests();
      await assertAccessible(page, 'coverage');

      await page.locator('.account > button').click();
      await assertAccessible(page, 'account');
    });
  }
}

story('the public view is accessible, with the door to sign in', {}, async (office) => {
  await assertAccessible(office.page, 'map');
  await office.page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await assertAccessible(office.page, 'sign in');
});
