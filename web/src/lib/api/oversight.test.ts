import { expect, test } from 'vitest';
import { ANY_ACCESS, exportAddress, instants } from './oversight';

test('the last day of a filter is part of what is asked for', () => {
  const asked = instants({ ...ANY_ACCESS, from: '2026-11-01', until: '2026-11-30' });
  expect(asked).toMatchObject({ from: '2026-11-01T00:00:00+07:00', until: '2026-12-01T00:00:00+07:00' });
});

test('an export asks for what is shown', () => {
  expect(exportAddress(ANY_ACCESS, 'csv')).toBe('/api/v1/audit/export?format=csv');
  expect(exportAddress({ ...ANY_ACCESS, kind: 'export', account: ' a ' }, 'json')).toBe('/api/v1/audit/export?format=json&kind=export&account=a');
});
