import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from '../support/accessibility.js';
import { closeBrowser, openPage } from '../support/browser.js';
import { Server } from '../support/server.js';
import { sixDigits } from '../support/telephone.js';
import { Witness } from '../support/witness.js';

after(closeBrowser);

const PASSWORD = 'gieng nuoc con meo vang';

test('a new office: the console\'s code, a password, a telephone, then the first colleague', { timeout: 120_000 }, async () => {
  const server = await Server.prepare();
  const page = await openPage();
  page.setDefaultTimeout(20_000);
  try {
    await server.serve();
    const witness = new Witness(page);
    const code = /[A-Z2-7]{5}(?:-[A-Z2-7]{5}){3}/.exec(server.said)[0];
    await page.goto(server.address);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    const panel = page.locator('#account-panel');
    await panel.getByLabel('Mã một lần').fill(code);
    await panel.getByLabel('Tên tài khoản').fill('van-hanh');
    await panel.getByLabel('Họ tên hiển thị').fill('Người vận hành thử');
    await panel.getByLabel('Mật khẩu mới').fill('password1234');
    await assertAccessible(page, 'setup');
    witness.expects(/400/);
    await panel.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();
    await panel.getByText('Mật khẩu này dễ đoán').waitFor();
    await panel.getByLabel('Mật khẩu mới').fill(PASSWORD);
    await panel.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();

    // Nothing but the second factor is open to an operator who has none.
    await panel.getByRole('button', { name: 'Bật xác thực hai lớp' }).click();
    await panel.getByRole('img', { name: 'Mã QR chứa khoá xác thực' }).waitFor();
    await panel.getByText('Không quét được?').click();
    const key = await panel.getByTestId('enrolment-key').innerText();
    await panel.getByLabel('Mã 6 chữ số mà ứng dụng hiện ra').fill(sixDigits(key));
    await assertAccessible(page, 'enrolment');
    await panel.getByRole('button', { name: 'Xác nhận và bật' }).click();
    const secrets = panel.getByTestId('one-time-secret').locator('li');
    await secrets.first().waitFor();
    const recovery = await secrets.allInnerTexts();
    assert.equal(recovery.length, 10);
    await panel.getByRole('button', { name: 'Tôi đã cất giữ' }).click();
    await page.locator('header .who', { hasText: 'Người vận hành thử' }).waitFor();

    await page.getByRole('navigation').getByRole('button', { name: 'Tài khoản', exact: true }).click();
    await page.getByText('Thêm tài khoản', { exact: true }).click();
    const form = page.locator('#panel form').filter({ hasText: 'Họ tên hiển thị' });
    await form.getByLabel('Tên tài khoản').fill('tham-tra');
    await form.getByLabel('Họ tên hiển thị').fill('Cán bộ thẩm tra thử');
    await assertAccessible(page, 'accounts');
    await form.getByRole('button', { name: 'Thêm và lấy mã một lần' }).click();
    const invited = await page.getByTestId('one-time-secret').locator('li').innerText();
    await page.getByRole('row', { name: /tham-tra/ }).getByText('Chưa đặt mật khẩu').waitFor();

    await page.getByRole('button', { name: 'Người vận hành thử' }).click();
    await panel.getByRole('button', { name: 'Tài khoản của tôi' }).click();
    await page.getByText('còn 10 mã khôi phục').waitFor();
    await assertAccessible(page, 'my account');
    await page.getByRole('button', { name: 'Người vận hành thử' }).click();
    await panel.getByRole('button', { name: 'Đăng xuất' }).click();

    // Back in without the telephone.
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await panel.getByLabel('Tên tài khoản').fill('van-hanh');
    await panel.getByLabel('Mật khẩu').fill(PASSWORD);
    await panel.getByRole('button', { name: 'Đăng nhập vào hệ thống' }).click();
    await panel.getByRole('button', { name: /Dùng mã khôi phục/ }).click();
    await panel.getByLabel('Mã khôi phục').fill(recovery[3]);
    await assertAccessible(page, 'second factor');
    await panel.getByRole('button', { name: 'Xác nhận' }).click();
    await page.locator('header .who', { hasText: 'Người vận hành thử' }).waitFor();
    await page.getByRole('button', { name: 'Người vận hành thử' }).click();
    await panel.getByRole('button', { name: 'Đăng xuất' }).click();

    // The colleague's own password, chosen with the code.
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await panel.getByRole('button', { name: 'Tôi có mã một lần' }).click();
    await panel.getByLabel('Mã một lần').fill(invited.toLowerCase());
    await panel.getByLabel('Mật khẩu mới').fill('muoi ba con vit qua song');
    await panel.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();
    await page.locator('header .who', { hasText: 'Cán bộ thẩm tra thử' }).waitFor();
    assert.equal(await page.getByRole('navigation').getByRole('button', { name: 'Tài khoản', exact: true }).count(), 0, 'no desk of hers');
    witness.assertQuiet();
  } finally {
    await page.context().close();
    await server.remove();
  }
});
