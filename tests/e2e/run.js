import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

/** How many files of stories are told at once; each draws maps in software. */
const AT_ONCE = Math.min(3, availableParallelism());

const folder = fileURLToPath(new URL('stories', import.meta.url));
const wanted = process.argv[2] ?? '';
const files = readdirSync(folder).filter((name) => name.endsWith('.test.js') && name.includes(wanted));

const began = Date.now();
let passed = 0;
let failed = 0;

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
const stories = run({ files: files.map((name) => join(folder, name)), concurrency: AT_ONCE });

stories.on('test:pass', ({ name, details }) => {
  passed += 1;
  console.log(`✓ ${name} (${seconds(details.duration_ms)})`);
});
stories.on('test:fail', ({ name, details }) => {
  failed += 1;
  const { error } = details;
  console.log(`✗ ${name} (${seconds(details.duration_ms)})\n${error.cause?.stack ?? error.stack ?? error}\n`);
});
stories.on('test:stderr', ({ message }) => process.stderr.write(message));
stories.on('end', () => {
  if (passed + failed === 0) failed = 1;
  console.log(`\nbrowser stories: ${seconds(Date.now() - began)}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});
stories.resume();
