import { expect, it } from 'vitest';
import { CLASSES, changesOf, formOf } from './form';
import { vi } from '$lib/i18n/vi';

it('every field of every form has a name in the language files and stands once', () => {
  for (const name of CLASSES) {
    const { first, last } = formOf(name);
    const names = [...first, ...last].map((field) => field.name);
    expect(new Set(names).size, name).toBe(names.length);
    for (const field of names) expect(field === 'code' || `field.${field}` in vi, `${name}: ${field}`).toBe(true);
  }
});

it('only what changed is sent, and an emptied field says why', () => {
  const before = { fields: { height_m: '42', code: 'A' }, nulls: { depth_m: 'unknown' } };
  const names = ['height_m', 'code', 'depth_m'];
  expect(changesOf(before, before, names)).toEqual({});
  expect(changesOf(before, { fields: { height_m: '45', code: 'A' }, nulls: before.nulls }, names)).toEqual({ height_m: '45' });
  expect(changesOf(before, { fields: { code: 'A' }, nulls: { ...before.nulls, height_m: 'not_surveyed' } }, names)).toEqual({
    height_m: null,
    height_m_null: 'not_surveyed',
  });
  expect(changesOf(before, { fields: { ...before.fields, depth_m: '1.2' }, nulls: before.nulls }, names)).toEqual({ depth_m: '1.2' });
});
