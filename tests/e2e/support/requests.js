/** The request that is open. */
export const shownCase = (office) => office.page.getByTestId('case');

/** A carrier screens, saves and hands in. */
export async function files(office, request) {
  const { page } = office;
  await office.screens(request);
  await page.getByRole('button', { name: 'Lưu thành hồ sơ nháp' }).click();
  await shownCase(office).getByRole('heading', { name: /^VNPT-\d{4}-001$/ }).waitFor();
  await shownCase(office).locator('[data-state="draft"]').first().waitFor();
  await page.getByRole('button', { name: 'Gửi hồ sơ', exact: true }).click();
  await page.getByRole('button', { name: 'Gửi tới cơ quan' }).click();
  await shownCase(office).locator('[data-state="submitted"]').first().waitFor();
  await office.mapRests();
}

/** The Economic Office opens the newest request and screens it with its own eyes. */
export async function assesses(office) {
  const { page } = office;
  await office.signsOut('VNPT (mô phỏng)');
  await office.signsIn('Phòng Kinh tế');
  await office.goesToDesk('Hồ sơ');
  if (await shownCase(office).count() === 0) await page.locator('[data-reference]').first().click();
  await shownCase(office).getByText('Kết quả tự đối chiếu của đơn vị đề nghị').waitFor();
  await page.getByRole('button', { name: 'Đối chiếu lại' }).click();
  await page.getByTestId('officer-verdict').first().waitFor();
}

/** The officer's word on one part of the open request. */
export const verdictOn = (office, part) => office.page.locator(`[data-testid="officer-verdict"][data-part="${part}"]`);

/** The officer agrees with one part of the open request. */
export async function agrees(office, part) {
  await verdictOn(office, part).getByRole('button', { name: /^Đồng ý/ }).click();
  await office.page.locator(`[data-part="${part}"][data-opinion="agree"]`).waitFor();
}
