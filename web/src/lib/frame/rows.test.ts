import { expect, it } from 'vitest';
import { windowOf } from './rows';

it.each([
  ['at the top', 5000, 0, { first: 0, end: 18 }],
  ['in the middle', 5000, 3600, { first: 92, end: 118 }],
  ['at the end', 5000, 5000 * 36 - 360, { first: 4982, end: 5000 }],
  ['of a short table', 3, 0, { first: 0, end: 3 }],
  ['of an empty table', 0, 0, { first: 0, end: 0 }],
  ['of a table that became shorter', 10, 9000, { first: 10, end: 10 }],
])('only rows near the frame are drawn %s', (_, count, scrolled, expected) => {
  const found = windowOf(count, 36, scrolled, 360);
  expect(found).toMatchObject(expected);
  expect(found.above + (found.end - found.first) * 36 + found.below).toBe(count * 36);
});
