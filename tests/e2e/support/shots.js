import { sampleRequest } from './sample.js';

/** The noon at which pictures are taken: dates on the page stay the same. */
const NOON = new Date('2026-11-22T12:00:00+07:00');

const request = sampleRequest('mast-near-a-free-slot');

/** What every picture has in common: sharp, and signed in at the office. */
const looks = { as: 'phong-kinh-te', sharp: true, now: NOON };

/** One network's 5G over the whole commune, where a plan to close its gaps is asked for. */
const CLOSING = '?desk=coverage&part=closing&network=viettel';

/** The pages that matter: where each is, and how it is brought to the state that a picture shows. */
export const PAGES = {
  map: { setting: looks, arrange: async () => {} },
  screening: { setting: { ...looks, address: '?desk=screening' }, arrange: showBestHost },
  coverage: {
    setting: { ...looks, address: '?desk=coverage' },
    arrange: (office) => office.page.getByTestId('gap').first().waitFor(),
  },
};

/** Pages that only the README shows: what they tell is judged by stories. */
export const SHOWN = {
  before: {
    setting: { ...looks, address: CLOSING },
    arrange: (office) => office.page.getByTestId('closing-start').waitFor(),
  },
  after: { setting: { ...looks, address: CLOSING }, arrange: plansClosing },
};

/** Screens the request, joins its best host with it on the map and brings the host's card to the middle of the panel. */
async function showBestHost(office) {
  await office.screens(request);
  const best = office.page.getByTestId('host').first();
  await best.getByRole('button', { name: 'Xem trên bản đồ' }).click();
  await best.evaluate((card) => card.scrollIntoView({ block: 'center' }));
}

/** Plans how to close the gaps, and waits for what would be gained. */
async function plansClosing(office) {
  await office.page.getByTestId('closing-start').click();
  await office.page.getByTestId('closing-result').waitFor({ timeout: 60_000 });
}

/** Takes the picture of a page, without a caret or a pointer in it. */
export async function shoot(office) {
  await office.mapRests();
  await office.page.mouse.move(0, 0);
  await office.page.evaluate(() => document.fonts.ready);
  return office.page.screenshot({ caret: 'hide', animations: 'disabled' });
}
