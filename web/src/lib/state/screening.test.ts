import { expect, it } from 'vitest';
import { screening } from './screening.svelte';

it('a request that was put away leaves nothing for the next one', () => {
  screening.fields = { owner: 'vnpt', plan_year: 2027, height_m: 36 };
  screening.text = '106.48, 20.69';
  screening.draft = { id: '1', version: 2, reference: 'VNPT-2027-001', title: '' };
  screening.reset();
  expect(screening.fields).toEqual({});
  expect([screening.text, screening.draft, screening.request]).toEqual(['', null, null]);
});

it('a structure of a file fills the form in, and the draft in hand stays in hand', () => {
  screening.draft = { id: '1', version: 2, reference: 'VNPT-2027-001', title: '' };
  screening.file = { name: 'a.geojson', items: [], remarks: [], chosen: 0 };
  screening.fill({ class: 'pole', fields: { owner: 'vnpt', documents: [] }, positions: [[106.48, 20.69]] });
  expect(screening.request?.properties).toEqual({ class: 'pole', owner: 'vnpt', documents: [] });
  expect(screening.draft.id).toBe('1');
  screening.reset();
  expect([screening.file, screening.draft]).toEqual([null, null]);
});
