import assert from 'node:assert/strict';
import { metresBetween } from '../support/mercator.js';
import { story } from '../support/story.js';

const atCoverage = { as: 'quy-hoach', address: '?desk=coverage' };

story('the share of people reached is told with its model', atCoverage, async (office) => {
  const { share, people, people_covered } = await office.asks('/api/v1/coverage?technology=5g', { as: 'quy-hoach' });
  const told = await office.page.getByTestId('coverage-share').innerText();
  const vietnamese = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
  assert.match(told, new RegExp(`^${vietnamese.format(share * 100)}\\s%`));
  assert.ok(told.includes(`${vietnamese.format(people_covered)} trong ${vietnamese.format(people)} người`), told);
  assert.match(await office.panel.innerText(), /Mô hình 3GPP TR 38\.901 RMa, SMa, UMa, UMi, phiên bản/);
});

story('gaps are ranked by people', atCoverage, async (office) => {
  const { gaps } = await office.asks('/api/v1/gaps?technology=5g', { as: 'quy-hoach' });
  await office.page.getByTestId('gap').first().waitFor();
  const told = await office.page.getByTestId('gap').allInnerTexts();
  assert.equal(told.length, Math.min(12, gaps.length));
  told.forEach((text, index) => assert.match(text, new RegExp(`^${index + 1}\\s`)));
  const people = told.map((text) => Number(/([\d.]+) người/.exec(text)[1].replace('.', '')));
  assert.deepEqual(people, gaps.slice(0, told.length).map((gap) => gap.people));
  assert.deepEqual(people, people.toSorted((a, b) => b - a));
});

story('choosing a gap brings the map there', atCoverage, async (office) => {
  const { gaps } = await office.asks('/api/v1/gaps?technology=5g', { as: 'quy-hoach' });
  const before = office.camera;
  await office.page.getByTestId('gap').nth(1).click();
  await office.mapRests();
  const { lon, lat, zoom } = office.camera;
  assert.notDeepEqual(office.camera, before);
  assert.ok(metresBetween([lon, lat], gaps[1].centre) < 1500, `the camera is at ${[lon, lat]}`);
  assert.ok(before.zoom < zoom, 'nearer than before');
  assert.equal(await office.page.getByTestId('gap').nth(1).getAttribute('aria-pressed'), 'true');
});

story('another technology is another share, and is in the address', atCoverage, async (office) => {
  const { share } = await office.asks('/api/v1/coverage?technology=4g', { as: 'quy-hoach' });
  await office.panel.getByLabel('Công nghệ').selectOption('4g');
  const written = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }).format(share * 100);
  await office.page.getByTestId('coverage-share').getByText(new RegExp(`^${written}\\s%$`)).waitFor();
  await office.mapRests();
  assert.equal(office.address.get('technology'), '4g');
});

story('a closing plan uses what stands, explains its steps and becomes a request', {
  as: 'quy-hoach',
  address: '?desk=coverage&part=closing&network=viettel',
}, async (office) => {
  const { page, panel } = office;
  await page.getByTestId('closing-money').fill('3000');
  await page.getByTestId('closing-start').click();
  await page.getByTestId('closing-result').waitFor({ timeout: 90_000 });
  const { plans } = await office.asks('/api/v1/closing-plans', { as: 'quy-hoach' });
  assert.equal(plans[0].state, 'done');
  const result = await page.getByTestId('closing-result').innerText();
  assert.match(result, /Hiện nay[\s\S]*Sau phương án/);
  assert.match(result, /tối ưu/);
  assert.match(result, /Đơn giá là giả định/);
  const first = page.getByTestId('closing-pick').first();
  assert.match(await first.innerText(), /Phủ thêm nhiều người nhất/);

  // Whoever reloads the page finds the plan again.
  await office.reloads();
  await page.getByTestId('closing-result').waitFor();
  await first.getByRole('button', { name: 'Đối chiếu vị trí này' }).click();
  await page.getByTestId('request-form').waitFor();
  assert.equal(await panel.getByLabel('Mạng').inputValue(), 'viettel');
  assert.match(await panel.getByRole('group', { name: 'Vị trí' }).getByRole('textbox').inputValue(), /^106\.\d+, 20\.\d+$/);
});

story('fibre reach adds up to everybody and names the cheapest way', {
  as: 'quy-hoach',
  address: '?desk=coverage&part=fibre',
}, async (office) => {
  const answer = await office.asks('/api/v1/fibre', { as: 'quy-hoach' });
  assert.equal(Object.values(answer.people).reduce((sum, one) => sum + one, 0), 45_332);
  await office.page.getByTestId('fibre-share').waitFor();
  const told = await office.panel.innerText();
  assert.match(told, /không phải đào mới/);
  assert.match(told, /Rẻ nhất: [\d.]+ triệu đồng từ tủ [A-Z]{3}-TU-\d{4}/);
});
