import { mkdir, writeFile } from 'node:fs/promises';
import { closeBrowser } from './support/browser.js';
import { Office } from './support/office.js';
import { Picture } from './support/picture.js';
import { PAGES, shoot } from './support/shots.js';

/** The picture of the README: an answer with its host joined to the request on the map. */
const FILE = new URL('../../docs/screening.png', import.meta.url);

const office = new Office();
try {
  await office.open(PAGES.screening.setting);
  await PAGES.screening.arrange(office);
  await mkdir(new URL('.', FILE), { recursive: true });
  await writeFile(FILE, Picture.read(await shoot(office)).write());
} finally {
  await office.close();
  await closeBrowser();
}
