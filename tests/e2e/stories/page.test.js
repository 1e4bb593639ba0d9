import assert from 'node:assert/strict';
import { sampleAssets, samplePlan, sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';
import { vietnameseIn, wordsOf } from '../support/words.js';

story('a demo account signs in with one button and out again', {}, async (office) => {
  await office.signsIn('Phòng Kinh tế');
  assert.equal((await office.asksAsThePage('/api/v1/session')).account, 'phong-kinh-te');
  await office.signsOut('Phòng Kinh tế');
  assert.equal((await office.asksAsThePage('/api/v1/session')).account, null);
});

story('a wrong password is refused in words', {}, async (office) => {
  const { page } = office;
  office.witness.expects(/status of 401/);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByLabel('Tên tài khoản').fill('phong-kinh-te');
  await page.getByLabel('Mật khẩu').fill('không phải mật khẩu này');
  await page.getByRole('button', { name: 'Đăng nhập vào hệ thống' }).click();
  const refusal = await page.locator('#account-panel .notice').innerText();
  assert.match(refusal, /[mM]ật khẩu/, refusal);
});

const working = `?desk=screening&at=${sampleRequest('mast-near-a-free-slot').positions[0]},16&table=1`;

/** The words without the minute at which an answer was read, which may pass meanwhile. */
const timeless = (words) => words.map((text) => text.replace(/\d{1,2}\/\d{1,2}\/\d{4},? \d{1,2}:\d{2}/, '…'));

story('in English no Vietnamese word is left, and switching back brings all back', { as: 'phong-kinh-te', address: working }, async (office) => {
  const names = await properNames(office);
  await office.screens(sampleRequest('mast-near-a-free-slot'));
  await office.tableRests();
  const answer = await wordsOf(office.page);
  await office.switchesLanguage('EN');

  const englishAnswer = await wordsOf(office.page);
  for (const sentence of ['Result of the screening', 'Does not comply', 'Shareable', '1 free', 'Assets in view', 'Economic Office']) {
    assert.ok(englishAnswer.some((words) => words.includes(sentence)), sentence);
  }
  const left = vietnameseIn(englishAnswer, names).map((words) => `answer: ${words}`);
  for (const desk of ['Map', 'Coverage']) {
    await office.goesToDesk(desk);
    await office.panel.getByRole('heading').nth(1).waitFor();
    left.push(...vietnameseIn(await wordsOf(office.page), names).map((words) => `${desk}: ${words}`));
  }
  assert.deepEqual(left, []);
  assert.equal(await office.page.locator('html').getAttribute('lang'), 'en');

  await office.goesToDesk('Screening');
  await office.switchesLanguage('VI');
  await office.tableRests();
  assert.deepEqual(timeless(await wordsOf(office.page)), timeless(answer));
});

const mast = sampleAssets('mast').find(({ properties }) => properties.code === 'VTL-COT-0005');

story('the address brings back desk, camera, selection, layers and language', { as: 'phong-kinh-te' }, async (office) => {
  await office.goesToDesk('Vùng phủ');
  await office.opensAssetAt(mast.geometry.coordinates);
  await office.switchesLanguage('EN');
  const shown = async () => ({
    url: office.page.url(),
    title: await office.page.title(),
    details: await office.readsDetails(),
    scale: await office.page.locator('footer .bar').innerText(),
  });
  const before = await shown();
  assert.ok(['desk', 'at', 'asset', 'lang'].every((part) => office.address.get(part)), before.url);

  await office.reloads();
  await office.details.getByRole('heading', { name: 'VTL-COT-0005' }).waitFor();
  assert.deepEqual(await shown(), before);
});

story('Back returns to the desk before', { as: 'phong-kinh-te' }, async (office) => {
  await office.goesToDesk('Vùng phủ');
  await office.page.goBack();
  await office.panel.getByRole('checkbox').first().waitFor();
  assert.equal(office.address.get('desk'), null);
});

const asked = sampleRequest('mast-near-a-free-slot');

story('without a server the page says so, keeps what it shows, and goes on once it is back', { as: 'phong-kinh-te', address: '?desk=screening' }, async (office) => {
  await office.describes(asked);
  await office.types(asked.positions);
  await office.server.stop();
  office.witness.expects(/ERR_CONNECTION_REFUSED/);
  await office.submit.click();
  const notice = office.page.getByRole('alert');
  await notice.getByText('Không kết nối được máy chủ').waitFor();
  assert.ok(await office.page.locator('canvas.maplibregl-canvas').isVisible(), 'the map is still there');
  assert.equal(await office.positions.inputValue(), asked.positions[0].join(', '), 'the request is still there');

  await office.server.resume();
  await notice.getByRole('button', { name: 'Thử lại' }).click();
  await office.answered();
  assert.equal((await office.readsHosts())[0].code, 'VTL-COT-0005');
});

story('labels of the map wait for the Vietnamese letters of every weight', { seed: watchFirstCanvas }, async (office) => {
  assert.deepEqual(await office.page.evaluate(() => globalThis.fontsAtFirstCanvas), { 400: true, 500: true, 600: true });
});

/** Runs in the page before its own scripts: notes which fonts are loaded when the map's canvas appears. */
function watchFirstCanvas() {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('canvas.maplibregl-canvas')) return;
    observer.disconnect();
    const letters = 'ạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđĐăâêôơư';
    globalThis.fontsAtFirstCanvas = Object.fromEntries(
      [400, 500, 600].map((weight) => [weight, document.fonts.check(`${weight} 16px "Be Vietnam Pro"`, letters)]),
    );
  }).observe(document, { childList: true, subtree: true });
}

story('a map that loses its graphics comes back', { as: 'phong-kinh-te', sharp: true }, async (office) => {
  const before = await office.photographsMap();
  office.witness.expects(/CONTEXT_LOST_WEBGL|WebGL context was lost/i);
  await office.page.locator('canvas.maplibregl-canvas').evaluate(async (canvas) => {
    const heard = (name) => new Promise((resolve) => canvas.addEventListener(name, resolve, { once: true }));
    const extension = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    const lost = heard('webglcontextlost');
    extension.loseContext();
    await lost;
    // Only once the loss has been told to everybody may the graphics come back.
    await new Promise((resolve) => setTimeout(resolve));
    delete document.documentElement.dataset.map;
    const restored = heard('webglcontextrestored');
    extension.restoreContext();
    await restored;
  });
  await office.mapRests();
  assert.ok(!before.looksUnlike(await office.photographsMap()), 'the map looks as before');
});

/** Names are the same in both languages: of places, people's organisations and instruments. */
async function properNames(office) {
  const { name, organisations, rule_sets } = await office.asks('/api/v1/territory');
  const plan = ['hamlets', 'places', 'roads', 'zones'].flatMap((layer) => samplePlan(layer).map(({ properties }) => properties.name));
  return [
    name, 'Vĩnh Bảo', 'Bắc Ninh', 'Hải Phòng', 'Tiếng Việt',
    ...organisations.map((organisation) => organisation.name),
    ...rule_sets.map(({ authority }) => authority),
    ...plan.filter(Boolean),
  ];
}
