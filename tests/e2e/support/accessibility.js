import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Web Content Accessibility Guidelines 2.2, levels A and AA. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Fails when the page as it stands breaks a rule of the standard. */
export async function assertAccessible(page, where) {
  await page.evaluate(AXE);
  const broken = await page.evaluate(async (standards) => {
    const { violations } = await globalThis.axe.run(document, { runOnly: standards });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target}: ${failureSummary}`));
  }, STANDARDS);
  assert.deepEqual(broken, [], where);
}
