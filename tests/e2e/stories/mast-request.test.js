import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessibility.js';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const nearFreeSlot = sampleRequest('mast-near-a-free-slot');
const [place] = nearFreeSlot.positions;
const atTheOffice = { as: 'phong-kinh-te', address: `?desk=screening&at=${place},16` };

const near = { ...atTheOffice, address: `?desk=screening&at=${place},18` };

story('a mast picked on the map is answered with a host that has room', near, async (office) => {
  await office.describes(nearFreeSlot);
  await office.picks(place);
  await office.submits();

  const [best] = await office.readsHosts();
  assert.equal(best.code, 'VTL-COT-0005');
  assert.equal(best.verdict, 'Dùng chung được');
  assert.equal(best.lines['Khả năng dùng chung'], 'còn 1 chỗ');
  assert.match(best.lines['Khoảng cách'], /^(99|100|101)(,\d)?\s±\s7,1\sm$/);
  assert.equal(best.lines['Tiết kiệm'], '1 cột mới');
});

story('a mast too near another network cites the text that it breaks', atTheOffice, async (office) => {
  await office.screens(nearFreeSlot);

  const spacing = await office.readsFinding('SP-BN-1');
  assert.equal(spacing.verdict, 'Không đạt');
  for (const said of [
    'QĐ 72/2025/QĐ-UBND Bắc Ninh',
    'Điều 15 khoản 5 điểm a',
    'Không đạt khoảng cách thì dùng chung hoặc dời vị trí.',
    'Độ tin cậy: đã đọc toàn văn',
    'Quy tắc SP-BN-1, phiên bản 1',
    'Dùng chung hoặc dời vị trí',
  ]) {
    assert.ok(spacing.text.includes(said), `${said} in:\n${spacing.text}`);
  }
  assert.match(spacing.text, /100,1\s±\s7,1\sm/);
  assert.match(spacing.text, /250\sm/);
});

story('a host chosen from the answer is joined with the request on the map', atTheOffice, async (office) => {
  await office.screens(nearFreeSlot);
  const link = office.page.getByTestId('host').first().getByRole('button', { name: 'Xem trên bản đồ' });
  await link.click();
  await office.mapRests();

  assert.equal(await link.getAttribute('aria-pressed'), 'true');
  const joined = await office.photographsMap();
  await link.click();
  await office.mapRests();
  assert.ok(joined.differsFrom(await office.photographsMap()), 'the line of distance is drawn while the host is chosen');
});

story('the whole screening is done by keyboard', {}, async (office) => {
  const { page } = office;
  const { keyboard } = page;
  await office.tabsTo(page.locator('.account > button'));
  await keyboard.press('Enter');
  await office.tabsTo(page.getByRole('button', { name: 'Phòng Kinh tế' }));
  await keyboard.press('Enter');
  await page.locator('header .who', { hasText: 'Phòng Kinh tế' }).waitFor();
  await office.tabsTo(page.getByRole('navigation').getByRole('button', { name: 'Đối chiếu' }));
  await keyboard.press('Enter');
  await office.tabsTo(office.positions);
  await keyboard.type('20°41\'14.456"N 106°29\'53.736"E');
  await office.tabsTo(office.panel.getByLabel('Chủ sở hữu'));
  await keyboard.type('VNPT');
  await office.tabsTo(office.panel.getByLabel('Mạng'));
  await keyboard.type('VNPT');
  await office.tabsTo(office.panel.getByLabel('Chiều cao (m)'));
  await keyboard.type('36');
  await keyboard.press('Enter');
  await office.answered();

  const focused = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(focused, 'Kết quả đối chiếu', 'the answer has the focus');
  const [best] = await office.readsHosts();
  assert.deepEqual([best.code, best.verdict], ['VTL-COT-0005', 'Dùng chung được']);
  await office.tabsTo(page.getByTestId('host').first().getByRole('button', { name: 'Xem trên bản đồ' }));
  await keyboard.press('Enter');
  await office.mapRests();
  assert.ok(await page.getByTestId('host').first().getByRole('button', { name: 'Xem trên bản đồ', pressed: true }).isVisible());
});

story('under the rules of Hải Phòng nobody can tell the spacing', atTheOffice, async (office) => {
  await office.screens(nearFreeSlot);
  await office.choosesRuleSet('hai-phong');

  const spacing = await office.readsFinding('SP-HP');
  assert.equal(spacing.verdict, 'Chưa đủ căn cứ');
  assert.match(spacing.text, /Còn thiếu: con số của cơ quan có thẩm quyền chưa được nhập/);
  assert.match(spacing.text, /Độ tin cậy: chưa có văn bản/);
  assert.equal(await office.page.locator('[data-rule="SP-BN-1"]').count(), 0);
  assert.equal(office.address.get('ruleset'), 'hai-phong');
});

story('a place picked beside an asset stays a place for the request', atTheOffice, async (office) => {
  await office.page.getByRole('button', { name: 'Chọn trên bản đồ' }).click();
  // One of the poles of the lane stands here.
  await office.clicksMapAt([106.498347, 20.687464]);
  await office.page.getByRole('button', { name: 'Dừng vẽ' }).waitFor({ state: 'detached' });
  await office.mapRests();
  assert.equal(office.address.get('asset'), null, 'no asset is selected by picking a place');
  assert.match(await office.positions.inputValue(), /^106\.498\d+, 20\.687\d+$/);
});

story('a dossier that lists its documents is judged by them, and one that lists none leaves it open', atTheOffice, async (office) => {
  const { page } = office;
  const dossier = page.getByTestId('dossier');
  await office.screens(nearFreeSlot);
  assert.equal((await office.readsFinding('MA-SHARE')).verdict, 'Chưa đủ căn cứ');

  await page.getByRole('button', { name: 'Sửa yêu cầu' }).click();
  await dossier.getByText('Thành phần hồ sơ').click();
  await dossier.getByLabel('Cục Tác chiến').first().waitFor();
  await dossier.getByLabel('Hồ sơ liệt kê tài liệu').check();
  await office.submits();
  assert.equal((await office.readsFinding('MA-SHARE')).verdict, 'Không đạt');

  await page.getByRole('button', { name: 'Sửa yêu cầu' }).click();
  const needed = ['Văn bản yêu cầu dùng chung đã gửi', 'Văn bản trả lời của các chủ sở hữu', 'Phân loại công trình: dùng chung hay độc lập',
    'Vị trí công trình', 'Hình thức công trình', 'Thông số kỹ thuật chính', 'Tiến độ xây dựng'];
  for (const document of needed) await dossier.getByLabel(document).check();
  await assertAccessible(page, 'dossier');
  await office.submits();
  assert.equal((await office.readsFinding('MA-SHARE')).verdict, 'Đạt');
});

story('a file fills the form in, and what the form cannot hold of it is told', atTheOffice, async (office) => {
  const { page, panel } = office;
  const { positions, ...mast } = nearFreeSlot;
  const feature = (properties, geometry) => ({ type: 'Feature', properties, geometry });
  const line = { type: 'LineString', coordinates: [place, [place[0] + 0.001, place[1]]] };
  const features = [feature({ ...mast, height: 36 }, { type: 'Point', coordinates: positions[0] }), feature({ class: 'duct', owner: 'vnpt', bores: 4 }, line)];
  const buffer = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
  await page.getByTestId('request-file').locator('input').setInputFiles({ name: 'ho-so.geojson', mimeType: 'application/geo+json', buffer });

  await panel.getByText('Công trình 1, height:').waitFor();
  assert.equal(await panel.getByLabel('Muốn xây dựng').inputValue(), 'mast');
  await assertAccessible(page, 'request file');
  await panel.getByLabel('Công trình trong biểu mẫu').selectOption('1');
  assert.equal(await panel.getByLabel('Muốn xây dựng').inputValue(), 'duct');
  assert.equal((await office.positions.inputValue()).split('\n').length, 2);
  await office.submits();
});
