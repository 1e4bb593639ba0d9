import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { entryOf, LIMIT_KINDS, limitOf } from './clock-limit';

it.each([
  ['nobody has entered it', null],
  ['working days', { kind: 'working_days', count: 7 }],
  ['a day of every year', { kind: 'each_year', month: 10, day: 31 }],
] as const)('a row says what it was made from: %s', (_, limit) => {
  expect(limitOf(entryOf(limit))).toEqual(limit);
});

it('what is not whole is no limit, and numbers of another kind are left behind', () => {
  const working = entryOf({ kind: 'working_days', count: 7 });
  expect(limitOf({ ...working, count: null })).toBeUndefined();
  expect(limitOf({ ...working, kind: 'each_year', month: 10 })).toBeUndefined();
  expect(limitOf({ ...working, kind: 'each_year', month: 10, day: 1 })).toEqual({ kind: 'each_year', month: 10, day: 1 });
  expect(limitOf({ ...working, kind: '' })).toBeNull();
});

it('every way of counting that the server knows is offered', () => {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../openapi.json'), 'utf8'));
  expect([...LIMIT_KINDS].sort()).toEqual([...document.components.schemas.ClockLimitKind.enum].sort());
});
