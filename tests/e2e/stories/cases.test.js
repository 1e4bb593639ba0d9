import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { agrees, assesses, files, shownCase, verdictOn } from '../support/requests.js';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const request = sampleRequest('mast-near-a-free-slot');
const [place] = request.positions;

const atScreening = { as: 'vnpt', address: `?desk=screening&at=${place},16` };

story('a carrier saves and hands in a request, and an assessor rates its findings and hosts', atScreening, async (office) => {
  const { page } = office;
  await files(office, request);
  assert.match(await shownCase(office).innerText(), /Kế hoạch và hồ sơ chưa công bố của đơn vị khác không được tính đến/);
  assert.equal(await page.getByTestId('officer-verdict').count(), 0, 'the office\'s verdicts are its own');
  await assesses(office);

  assert.equal(await verdictOn(office, 'SP-BN-1').getAttribute('data-opinion'), 'not_rated');
  await agrees(office, 'SP-BN-1');

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
  await files(office, request);
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

story('a second person signs the opinion on a request, what conforms is to come, and ends when it is built', atScreening, async (office) => {
  const { page } = office;
  await files(office, request);
  await assesses(office);
  const hosts = page.locator('[data-testid="officer-verdict"][data-about="host"]');
  const parts = await hosts.evaluateAll((all) => all.map((one) => one.dataset.part));
  assert.ok(0 < parts.length);
  assert.equal(await page.getByRole('button', { name: 'Ghi ý kiến đã ký' }).count(), 0, 'whoever assesses does not sign');
  for (const part of parts) await agrees(office, part);

  await office.signsOut('Phòng Kinh tế');
  await office.signsIn('Lãnh đạo ký ý kiến');
  await office.goesToDesk('Hồ sơ');
  if (await shownCase(office).count() === 0) await page.locator('[data-reference]').first().click();
  await page.getByRole('button', { name: 'Ghi ý kiến đã ký' }).click();
  const form = page.getByTestId('opinion-form');
  await form.getByLabel('Chưa phù hợp').check();
  await form.getByText('Quy định chưa đáp ứng').waitFor();
  assert.ok(await form.getByRole('button', { name: 'Ghi ý kiến' }).isDisabled(), 'it cites a rule');
  await form.getByLabel('Phù hợp', { exact: true }).check();
  await form.getByLabel('Số văn bản').fill('12/KT-YK');
  await form.getByLabel('Ngày văn bản').fill('2026-07-01');
  office.witness.expects(/status of 409/);
  await form.getByRole('button', { name: 'Ghi ý kiến' }).click();
  await form.getByText('Quy định bắt buộc này chưa đáp ứng').waitFor();
  await assertAccessible(page, 'opinion');
  await form.getByLabel('Phù hợp kèm điều kiện').check();
  await form.getByRole('textbox', { name: 'Điều kiện' }).fill('Thiết kế cho hai doanh nghiệp');
  await form.getByRole('button', { name: 'Ghi ý kiến' }).click();
  await shownCase(office).locator('[data-state="opinion_issued"]').first().waitFor();
  const opinion = page.getByTestId('opinion');
  assert.match(await opinion.innerText(), /Ý kiến đối chiếu: Phù hợp kèm điều kiện\s+văn bản số 12\/KT-YK, ngày 0?1[/-]0?7[/-]2026\s+Thiết kế cho hai doanh nghiệp/);
  await assertAccessible(page, 'answered case');

  await page.getByRole('button', { name: 'Đã xây xong', exact: true }).click();
  await page.getByRole('button', { name: 'Kết thúc: đã xây xong' }).click();
  await shownCase(office).locator('[data-state="closed"]').first().waitFor();
});
