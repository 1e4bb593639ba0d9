import assert from 'node:assert/strict';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const { positions, ...poleLine } = sampleRequest('pole-line-on-a-served-road');
const atTheOffice = { as: 'phong-kinh-te', address: `?desk=screening&at=${positions[9]},16` };

story('a pole line drawn along standing poles breaks the rule of one line', atTheOffice, async (office) => {
  await office.describes(poleLine);
  await office.draws([1, 5, 9, 13, 16].map((index) => positions[index]));
  assert.match(await office.panel.innerText(), /5 điểm, dài \d{3}\sm/);
  await office.submits();

  const doubled = await office.readsFinding('PO-DUP');
  assert.equal(doubled.verdict, 'Không đạt');
  assert.match(doubled.text, /QCVN 33:2019/);
  assert.match(doubled.text, /Đoạn dài nhất đi cùng tuyến cột đã có hoặc đã quy hoạch là \d{3}/);
  const [best] = await office.readsHosts();
  assert.equal(best.verdict, 'Dùng chung được');
});

story('while a line is drawn its length is told', atTheOffice, async (office) => {
  await office.describes(poleLine);
  await office.page.getByRole('button', { name: 'Vẽ trên bản đồ' }).click();
  await office.clicksMapAt(positions[5]);
  await office.pointsMapAt(positions[13]);

  const hint = office.page.getByRole('status').filter({ hasText: 'Bấm để thêm điểm' });
  await hint.getByText(/Dài \d{3}\sm/).waitFor();
});

story('a duct dug while a road is open meets its works', atTheOffice, async (office) => {
  await office.screens(sampleRequest('duct-during-road-works'));

  const together = office.panel.getByRole('region', { name: 'Đào một lần cùng công trình khác' });
  const road = await together.locator('article', { hasText: 'CT-01' }).innerText();
  assert.match(road, /trùng thời gian: đào một lần/);
  assert.match(road, /Từ 01\/03\/2027 đến 30\/06\/2027/);
});

story('a duct dug after the road works meets none', atTheOffice, async (office) => {
  await office.screens(sampleRequest('duct-after-road-works'));
  // The owner's duty to place ducts is a finding of its own; nothing is dug together.
  const together = office.panel.getByRole('region', { name: 'Đào một lần cùng công trình khác' });
  assert.equal(await together.count(), 0);
  const missing = await office.readsFinding('MA-2OP');
  assert.equal(missing.verdict, 'Chưa đủ căn cứ');
  assert.match(missing.text, /Còn thiếu: số doanh nghiệp theo thiết kế của hồ sơ/);
});
