import assert from 'node:assert/strict';
import { metresBetween } from '../support/mercator.js';
import { assetsIn, pairs } from '../support/replies.js';
import { sampleAssets, sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

/** Nearer than this to the true place, a position gives it away. */
const GIVES_AWAY_M = 5;

const WHOLE_COMMUNE = '106.4,20.6,106.6,20.8';
const CLASSES = ['mast', 'radio_station', 'pole', 'aerial_route', 'duct', 'manhole', 'trench', 'cabinet', 'host'];

story('signed out, an asset is said to stand only approximately where it is drawn', {}, async (office) => {
  const [mast] = await publicMasts(office);
  await office.goesTo(`?at=${mast.geometry.coordinates.join(',')},15&hide=radio_station,pole,host,aerial_route`);
  await office.clicksMapAt(mast.geometry.coordinates);
  await office.details.getByText('Vị trí khái quát').first().waitFor();

  const details = await office.details.innerText();
  assert.match(details, /chỉ thấy vị trí gần đúng trong bán kính \d+ m/);
  assert.doesNotMatch(details, /-COT-\d/, 'the code would name the mast');
  await office.opensTable();
  assert.ok(await office.table.getByText('≈ gần đúng').first().isVisible());
});

story('signed out, no reply holds the place of an asset', {}, async (office) => {
  const places = await truePlaces(office);
  await office.opensTable();
  await office.goesToDesk('Vùng phủ');
  await office.screens(sampleRequest('mast-near-a-free-slot'));
  await office.looksAt(sampleAssets('mast')[0].geometry.coordinates);

  const told = await assetsIn(office.witness.replies);
  const known = told.filter(({ id }) => places.has(id));
  assert.ok(400 < known.length, `the page was told of assets (${known.length})`);
  assert.ok(known.some(({ path }) => path.startsWith('/tiles/')) && known.some(({ path }) => path.startsWith('/api/v1/assets')));
  const betrayed = known.filter(({ id, positions }) =>
    pairs(positions).some((said) => pairs(places.get(id)).some((true_) => metresBetween(said, true_) < GIVES_AWAY_M)),
  );
  assert.deepEqual(betrayed.map(({ path, properties }) => `${path} ${properties.class ?? ''}`), []);
});

story('signed out, coverage by cell stays closed and shares are open', { address: '?desk=coverage' }, async (office) => {
  await office.page.getByTestId('coverage-share').waitFor();
  assert.ok(await office.panel.getByText('không công khai').first().isVisible());
  const cells = office.witness.replies.filter((reply) => new URL(reply.url()).pathname.startsWith('/tiles/coverage/'));
  assert.deepEqual(cells.map((reply) => reply.url()), []);
});

const sharedMast = {
  imports: {
    file: 'one-mast-two-tenants.csv',
    options: '--class mast --owner-field operator --merge-same-position --map lon=longitude --map lat=latitude'.split(' '),
  },
};
const sharedAt = [106.482, 20.684];

story('the office sees who hangs on a mast', { ...sharedMast, as: 'phong-kinh-te' }, async (office) => {
  await office.opensAssetAt(sharedAt);
  const { 'Đơn vị dùng chung': tenants } = await office.readsDetails();
  assert.equal(tenants, 'MobiFone (mô phỏng); Viettel (mô phỏng)');
});

const rival = { ...sharedMast, as: 'vnpt', address: '?hide=aerial_route,host,pole' };

story('a rival carrier is told of no tenant and of no rival station', rival, async (office) => {
  await office.opensTable();
  await office.opensAssetAt(sharedAt);
  assert.ok(!('Đơn vị dùng chung' in (await office.readsDetails())));
  await office.screens(sampleRequest('mast-near-a-free-slot'));

  const told = await assetsIn(office.witness.replies);
  assert.deepEqual(told.filter(({ properties: { owner, tenants } }) => owner !== 'vnpt' && tenants), []);
  const stations = told.filter(({ properties }) => properties.network);
  assert.ok(0 < stations.length, 'its own stations are told');
  assert.deepEqual([...new Set(stations.map(({ properties }) => properties.network))], ['vinaphone']);
});

const publicMasts = async (office) => (await office.asks(`/api/v1/assets?bbox=${WHOLE_COMMUNE}&class=mast`)).features;

/** Where every asset stands, by id, as the operator knows it. */
async function truePlaces(office) {
  const places = new Map();
  for (const asset of CLASSES) {
    const page = await office.asks(`/api/v1/assets?bbox=${WHOLE_COMMUNE}&class=${asset}&limit=1000`, { as: 'van-hanh' });
    assert.equal(page.next, null, `all of ${asset}`);
    for (const { id, geometry } of page.features) places.set(id, geometry.coordinates.flat(Infinity));
  }
  return places;
}
