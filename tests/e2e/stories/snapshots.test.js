import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { SCREENS } from '../support/browser.js';
import { Picture } from '../support/picture.js';
import { PAGES, shoot } from '../support/shots.js';
import { story } from '../support/story.js';

const REFERENCES = new URL('../snapshots/', import.meta.url);
const RESULTS = new URL('../results/', import.meta.url);
const writes = process.env.SNAPSHOTS === 'write';

for (const screen of Object.keys(SCREENS)) {
  for (const [name, { setting, arrange }] of Object.entries(PAGES)) {
    story(`${name} looks as accepted on the screen of the ${screen}`, { ...setting, screen }, async (office) => {
      await arrange(office);
      const shot = Picture.read(await shoot(office));
      const file = `${name}-${screen}.png`;
      if (writes) return writeFile(new URL(file, REFERENCES), shot.withFewerShades().write());

      const accepted = Picture.read(await readFile(new URL(file, REFERENCES)));
      if (!accepted.looksUnlike(shot)) return;
      await mkdir(RESULTS, { recursive: true });
      await writeFile(new URL(file, RESULTS), shot.write());
      assert.fail(`${(100 * accepted.share(shot)).toFixed(1)} % of ${file} look different; compare snapshots/ with results/`);
    });
  }
}
