import { expect, it } from 'vitest';
import type { WorksRow } from '$lib/api/model';
import { barsOf, monthsFrom, MONTHS_SHOWN } from './months';

const row = (starts_on: string | null, ends_on: string | null, stage = 'concrete') => ({ starts_on, ends_on, stage }) as WorksRow;

it('a calendar runs twelve months on, over the end of the year', () => {
  const months = monthsFrom('2026-11-27');
  expect(months).toHaveLength(MONTHS_SHOWN);
  expect([months[0], months[1], months[2], months[11]]).toEqual([
    { year: 2026, month: 11 },
    { year: 2026, month: 12 },
    { year: 2027, month: 1 },
    { year: 2027, month: 10 },
  ]);
});

it('works lie where their days are; those that are over, undated or done are left out', () => {
  const months = monthsFrom('2027-01-15');
  const bars = barsOf(
    [
      row('2027-01-01', '2027-07-01'),
      row('2026-11-01', '2027-02-01'),
      row('2027-07-01', null),
      row('2026-01-01', '2026-12-31'),
      row('2028-02-01', '2028-03-01'),
      row(null, null),
      row('2027-03-01', '2027-04-01', 'done'),
    ],
    months,
  );
  expect(bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 0.5],
    [0, 1 / 12],
    [0.5, 1],
  ]);
});
