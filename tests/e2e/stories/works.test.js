import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { story } from '../support/story.js';

const PLACE = [106.4815, 20.68];

const card = (office, code) => office.page.locator(`[data-works="${code}"]`);

/** The calendar of the page begins in this month. */
const FIRST_DAY = '2027-03-01';

story('a road owner enters a work, a carrier asks for ducts in it, and only the owner learns who', { as: 'duong-bo', address: `?desk=works&at=${PLACE},15` }, async (office) => {
  const { page } = office;
  await page.getByRole('button', { name: 'Đăng ký công trình' }).click();
  const form = page.getByTestId('works-form');
  await form.getByLabel('Nội dung công việc').fill('Cải tạo vỉa hè phố chợ');
  await form.getByLabel('Ngày bắt đầu').fill(FIRST_DAY);
  await form.getByLabel('Ngày kết thúc').fill('2027-04-30');
  await form.getByLabel('Các điểm của tuyến, mỗi dòng một điểm').fill('106.48, 20.68\n106.483, 20.68');
  await assertAccessible(page, 'works form');
  await form.getByRole('button', { name: 'Lưu công trình' }).click();
  await card(office, 'CT-ROAD-01').waitFor();
  await page.getByRole('button', { name: 'Chốt địa điểm, thời gian' }).click();
  await page.locator('[data-works="CT-ROAD-01"][data-stage="concrete"]').waitFor();
  await office.mapRests();
  await assertAccessible(page, 'works');

  await office.signsOut('Đường bộ (mô phỏng)');
  await office.signsIn('VNPT (mô phỏng)');
  await card(office, 'CT-ROAD-01').waitFor();
  if ((await card(office, 'CT-ROAD-01').getByRole('button').first().getAttribute('aria-expanded')) === 'false') {
    await card(office, 'CT-ROAD-01').getByRole('button').first().click();
  }
  await page.getByLabel('Xin đặt ống').check();
  await page.getByLabel('Số ống cần đặt').fill('3');
  await page.getByRole('button', { name: 'Gửi trả lời' }).click();
  await page.getByRole('button', { name: 'Gửi lại trả lời' }).waitFor();
  assert.match(await card(office, 'CT-ROAD-01').innerText(), /cần đặt 3 ống/);
  assert.equal(await page.locator('[data-answer]').count(), 0, 'names are for the owner and the office');

  await office.signsOut('VNPT (mô phỏng)');
  await office.signsIn('Đường bộ (mô phỏng)');
  await page.locator('[data-answer="vnpt"]').waitFor();
  assert.match(await page.locator('[data-answer="vnpt"]').innerText(), /VNPT \(mô phỏng\): Xin đặt ống \(3 ống\)/);
  assert.match(await card(office, 'CT-ROAD-01').innerText(), /đã chờ chủ công trình trả lời 0 ngày/);
  await page.getByLabel('Số ống sẽ đặt giúp').fill('3');
  await page.getByRole('button', { name: 'Trả lời các đơn vị' }).click();
  await card(office, 'CT-ROAD-01').getByText(/Chủ công trình nhận đặt 3 ống/).waitFor();
});

story('a carrier draws where it wants to be told of works, and takes it back', { as: 'vnpt', address: `?desk=works&at=${PLACE},14` }, async (office) => {
  const { page } = office;
  const box = page.getByTestId('interest-area');
  await box.getByText('Vùng quan tâm của đơn vị').click();
  await box.getByText('Đơn vị được báo mọi công trình trên địa bàn.').waitFor();
  await box.getByRole('button', { name: 'Vẽ vùng' }).click();
  for (const corner of [[106.478, 20.676], [106.486, 20.676], [106.482, 20.683]]) {
    await office.pointsMapAt(corner);
    await office.clicksMapAt(corner);
  }
  await page.keyboard.press('Enter');
  await box.getByText(/3 góc, rộng 32,\d\sha/).waitFor();
  await assertAccessible(page, 'interest area');
  await box.getByRole('button', { name: 'Lưu vùng quan tâm' }).click();
  await box.getByText(/^Đơn vị được báo công trình trong vùng đã vẽ/).waitFor();
  const { interest_area, works } = await office.asksAsThePage('/api/v1/works');
  assert.equal(interest_area.type, 'Polygon');
  await page.getByLabel('Chỉ trong vùng quan tâm của đơn vị').check();
  assert.equal(await page.locator('[data-works]').count(), works.filter(({ concerns }) => concerns).length);

  await box.getByRole('button', { name: 'Báo mọi nơi' }).click();
  await box.getByText('Đơn vị được báo mọi công trình trên địa bàn.').waitFor();
});
