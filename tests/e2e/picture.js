import { mkdir, writeFile } from 'node:fs/promises';
import { closeBrowser } from './support/browser.js';
import { Office } from './support/office.js';
import { Picture } from './support/picture.js';
import { PAGES, SHOWN, shoot } from './support/shots.js';

/** The pictures of the README: an answer with its host joined to the request on the map, and a carrier's 5G before and
 * after a closing plan. */
const PICTURES = { screening: 'screening.png', before: 'coverage-before.png', after: 'coverage-after.png' };

const ALL = { ...PAGES, ...SHOWN };
const wanted = process.argv.slice(2);
await mkdir(new URL('../../docs/', import.meta.url), { recursive: true });
try {
  for (const [page, file] of Object.entries(PICTURES)) {
    if (0 < wanted.length && !wanted.includes(page)) continue;
    const office = new Office();
    try {
      await office.open(ALL[page].setting);
      await ALL[page].arrange(office);
      await writeFile(new URL(`../../docs/${file}`, import.meta.url), Picture.read(await shoot(office)).write());
    } finally {
      await office.close();
    }
  }
} finally {
  await closeBrowser();
}
