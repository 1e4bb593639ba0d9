import assert from 'node:assert/strict';
import { sampleAssets } from '../support/sample.js';
import { story } from '../support/story.js';

const mast = sampleAssets('mast').find(({ properties }) => properties.code === 'VTL-COT-0005');
const place = mast.geometry.coordinates;
const atTheMast = { as: 'phong-kinh-te', address: `?at=${place},17` };

story('a click on an asset tells all about it', atTheMast, async (office) => {
  await office.clicksMapAt(place);
  await office.details.getByRole('heading', { name: 'VTL-COT-0005' }).waitFor();

  const told = await office.readsDetails();
  assert.equal(told['Chiều cao'], `${mast.properties.height_m}\u00a0m`);
  assert.equal(told['Chủ sở hữu'], 'Viettel (mô phỏng)');
  assert.equal(told['Độ chính xác vị trí'], '±\u00a05\u00a0m');
  assert.match(await office.details.innerText(), /Khả năng dùng chung: còn 1 chỗ/);
  assert.ok(office.address.get('asset'), 'the address names the asset');
});

story('pointing at an asset says what it is', atTheMast, async (office) => {
  await office.pointsMapAt(place);
  await office.page.getByText('VTL-COT-0005 Cột ăng ten', { exact: true }).waitFor();
});

story('a click on open ground offers to screen a request there', { as: 'phong-kinh-te', address: '?at=106.4905,20.6905,17' }, async (office) => {
  await office.clicksMapAt([106.4905, 20.6905]);
  await office.page.getByRole('button', { name: 'Đối chiếu tại đây' }).click();
  assert.match(await office.positions.inputValue(), /^106\.490[45]\d+, 20\.690[45]\d+$/);
  assert.equal(office.address.get('desk'), 'screening');
});

story('a layer that is switched off is gone from the map and answers no click', atTheMast, async (office) => {
  const before = await office.photographsMap();
  for (const name of ['Cột ăng ten', 'Trạm vô tuyến']) await office.layer(name).uncheck();
  await office.mapRests();
  assert.ok(before.differsFrom(await office.photographsMap()), 'the map has changed');
  assert.equal(office.address.get('hide'), 'mast,radio_station');

  await office.clicksMapAt(place);
  await office.page.getByRole('button', { name: 'Đối chiếu tại đây' }).waitFor();
  assert.equal(office.address.get('asset'), null);
});

story('every layer says its source, date, licence and limits', { as: 'phong-kinh-te' }, async (office) => {
  const layers = await office.panel.getByRole('checkbox').count();
  assert.ok(15 < layers);
  for (const help of await office.panel.getByRole('button', { name: /^Giải thích lớp/ }).all()) {
    await help.click();
    const row = office.panel.locator('li', { has: office.page.locator('[aria-expanded=true]') });
    const said = await row.locator('dl').innerText();
    for (const part of ['Là gì', 'Nguồn', 'Ngày', 'Giấy phép', 'Hạn chế']) assert.match(said, new RegExp(`${part}\\n.{4,}`), said);
    await help.click();
  }
});

story('the table lists what the map shows', { as: 'phong-kinh-te', address: '?at=106.4815,20.6760,17' }, async (office) => {
  let asked = '';
  office.page.on('request', (request) => (asked = request.url().includes('/api/v1/assets?') ? request.url() : asked));
  await office.opensTable();
  const box = new URL(asked).searchParams.get('bbox');
  const { features } = await office.asks(`/api/v1/assets?bbox=${box}&limit=1000`, { as: 'phong-kinh-te' });

  assert.ok(10 < features.length);
  assert.equal(await office.table.getAttribute('aria-rowcount'), String(features.length + 1));
  assert.match(await office.page.getByText(/^\d+ trong \d+ đối tượng$/).innerText(), new RegExp(`^${features.length} trong ${features.length} `));
  const codes = features.map(({ properties }) => properties.code);
  for (const code of await office.table.getByRole('gridcell').and(office.page.locator('.number:first-child')).allInnerTexts()) {
    assert.ok(codes.includes(code), `${code} is in view`);
  }
});

story('a row chosen in the table is the asset in hand', { as: 'phong-kinh-te', address: '?at=106.4815,20.6760,17&table=1' }, async (office) => {
  await office.tableRests();
  const row = office.table.getByRole('row').nth(3);
  const [code] = await row.getByRole('gridcell').allInnerTexts();
  await office.table.focus();
  for (let steps = 0; steps < 2; steps += 1) await office.page.keyboard.press('ArrowDown');
  await office.page.keyboard.press('Enter');
  await office.details.getByRole('heading', { name: code }).waitFor();
  await office.table.locator('[aria-selected=true]').getByText(code).waitFor();
  assert.ok(office.address.get('asset'));
});

story('a hamlet is found by its name', { as: 'phong-kinh-te' }, async (office) => {
  const before = office.camera;
  await office.page.getByRole('combobox').fill('dong tam');
  await office.page.getByRole('option', { name: 'Thôn Đồng Tâm Thôn', exact: true }).click();
  await office.mapRests();
  assert.ok(before.zoom < office.camera.zoom);
  assert.ok(Math.abs(office.camera.lon - 106.4675) < 0.01 && Math.abs(office.camera.lat - 20.7) < 0.01, JSON.stringify(office.camera));
});

story('a printed map has title, legend, scale bar, north, source and journal position', atTheMast, async (office) => {
  const { page } = office;
  const { seq } = await office.asksAsThePage('/api/v1/territory');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('section.print-only');
  const said = await sheet.innerText();

  assert.match(said, /^Bản đồ – Xã Vĩnh Bảo/);
  for (const part of ['Dữ liệu giả lập', 'Chú giải', 'Cột ăng ten', 'Viettel (mô phỏng)', 'Bắc ↑', 'Nguồn: Phương án hạ tầng', `bản dữ liệu số ${seq.toLocaleString("vi-VN")}`]) {
    assert.ok(said.includes(part), `${part} in:\n${said}`);
  }
  const drawn = await sheet.locator('img').evaluate((image) => image.decode().then(() => image.naturalWidth));
  assert.ok(400 < drawn, 'the map is on the sheet');
  assert.ok(await sheet.locator('.bar').isVisible(), 'the scale bar is on the sheet');
  assert.ok(!(await page.locator('.screen-only').isVisible()), 'nothing of the screen is on the sheet');
  const pages = (await page.pdf({ format: 'A4', landscape: true, preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  assert.equal(pages.length, 1, 'one sheet');
});
