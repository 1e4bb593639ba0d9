import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const request = sampleRequest('mast-near-a-free-slot');
const [place] = request.positions;

const atScreening = { as: 'vnpt', address: `?desk=screening&at=${place},16` };

/** The request that is open, and the officer's word on one part of it. */
const shown = (office) => office.page.getByTestId('case');
const verdictOn = (office, part) => office.page.locator(`[data-testid="officer-verdict"][data-part="${part}"]`);

/** A carrier screens, saves and hands in. */
async function files(office) {
  const { page } = office;
  await office.screens(request);
  await page.getByRole('button', { name: 'Lưu thành hồ sơ nháp' }).click();
  await shown(office).getByRole('heading', { name: /^VNPT-\d{4}-001$/ }).waitFor();
  await shown(office).locator('[data-state="draft"]').first().waitFor();
  await page.getByRole('button', { name: 'Gửi hồ sơ', exact: true }).click();
  await page.getByRole('button', { name: 'Gửi tới cơ quan' }).click();
  await shown(office).locator('[data-state="submitted"]').first().waitFor();
  await office.mapRests();
}

/** The Economic Office opens the newest request and screens it with its own eyes. */
async function assesses(office) {
  const { page } = office;
  await office.signsOut('VNPT (mô phỏng)');
  await office.signsIn('Phòng Kinh tế');
  await office.goesToDesk('Hồ sơ');
  if (await shown(office).count() === 0) await page.locator('[data-reference]').first().click();
  await shown(office).getByText('Kết quả tự đối chiếu của đơn vị đề nghị').waitFor();
  await page.getByRole('button', { name: 'Đối chiếu lại' }).click();
  await page.getByTestId('officer-verdict').first().waitFor();
}

story('a carrier saves and hands in a request, and an assessor rates its findings and hosts', atScreening, async (office) => {
  const { page } = office;
  await files(office);
  assert.match(await shown(office).innerText(), /Kế hoạch và hồ sơ chưa công bố của đơn vị khác không được tính đến/);
  assert.equal(await page.getByTestId('officer-verdict').count(), 0, 'the office\'s verdicts are its own');
  await assesses(office);

  const spacing = verdictOn(office, 'SP-BN-1');
  assert.equal(await spacing.getAttribute('data-opinion'), 'not_rated');
  await spacing.getByRole('button', { name: /^Đồng ý/ }).click();
  await page.locator('[data-part="SP-BN-1"][data-opinion="agree"]').waitFor();

  const host = page.getByTestId('officer-verdict').first();
  await host.getByRole('button', { name: 'Không đồng ý' }).click();
  await host.getByLabel('Lý do không đồng ý').fill('Chủ cột đã có kế hoạch tháo dỡ');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="officer-verdict"][data-opinion="disagree"]').waitFor();
  assert.match(await host.innerText(), /Chủ cột đã có kế hoạch tháo dỡ/);

  await page.getByRole('button', { name: 'Tính lại từ dữ liệu lúc đó' }).click();
  assert.equal(await page.getByTestId('rerun').innerText(), 'Kết quả tính lại trùng khớp hoàn toàn.');
  await assertAccessible(page, 'case');
  await page.getByRole('button', { name: 'Danh sách hồ sơ' }).click();
  await page.locator('[data-reference^="VNPT-"]').waitFor();
  await assertAccessible(page, 'cases');
});

story('a rival finds no request of another carrier, and is shown how to begin', atScreening, async (office) => {
  const { page } = office;
  await files(office);
  await page.getByRole('button', { name: 'Danh sách hồ sơ' }).click();
  await page.locator('[data-reference^="VNPT-"]').waitFor();
  await office.signsOut('VNPT (mô phỏng)');
  await office.panel.getByText('Hãy đăng nhập để xem hồ sơ').waitFor();
  await office.signsIn('Viettel (mô phỏng)');
  await office.panel.getByText('Chưa có hồ sơ', { exact: true }).waitFor();
  assert.equal(await page.locator('[data-reference]').count(), 0);
  await office.panel.getByRole('button', { name: 'Đối chiếu một yêu cầu' }).click();
  await page.getByTestId('request-form').waitFor();
});
