import { mkdir } from 'node:fs/promises';
import { after, test } from 'node:test';
import { closeBrowser } from './browser.js';
import { Office } from './office.js';

after(closeBrowser);

/** Where a failed story leaves its last picture. */
const RESULTS = new URL('../results/', import.meta.url);

/** A story that takes longer hangs. */
const PATIENCE_MS = 180_000;

/** One behaviour, told on a server and a page of its own. Nothing may go wrong beside it either. */
export function story(name, setting, tell) {
  test(name, { timeout: PATIENCE_MS }, async ({ signal }) => {
    const office = new Office();
    // What hangs ends when its page does.
    signal.addEventListener('abort', () => office.close());
    try {
      await office.open(setting);
      await tell(office);
      office.witness.assertQuiet();
    } catch (error) {
      await mkdir(RESULTS, { recursive: true });
      const file = new URL(`${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`, RESULTS);
      await office.page?.screenshot({ path: file.pathname }).catch(() => {});
      throw error;
    } finally {
      await office.close();
    }
  });
}
