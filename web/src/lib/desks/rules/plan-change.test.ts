import { expect, it } from 'vitest';
import type { FormValues } from '../registry/form';
import { deedOf, retirementOf, type PlanEntry } from './plan-change';
import type { PlanRow } from './plan-layers';

const EMPTY: FormValues = { fields: {}, nulls: {} };
const values = (fields: Record<string, string>): FormValues => ({ fields, nulls: {} });
const place = { type: 'Point' as const, coordinates: [106.48, 20.68] };
const row = (properties: object, target: PlanRow['target']): PlanRow =>
  ({ key: '1', title: '', detail: '', target, feature: { type: 'Feature', geometry: place, properties } }) as PlanRow;
const entry = (rest: Partial<PlanEntry>): PlanEntry => ({ layer: 'places', row: null, before: EMPTY, now: EMPTY, owner: '', geometry: null, ...rest });

it('a new feature names its layer, its properties and its place, numbers as numbers', () => {
  const now = values({ kind: 'school', name: 'Trường mới', weight: '40' });
  expect(deedOf(entry({ now, geometry: place }))).toEqual({
    act: 'add_feature', layer: 'places', properties: { kind: 'school', name: 'Trường mới', weight: 40 }, geometry: place,
  });
  expect(deedOf(entry({ now })), 'nothing is added nowhere').toBeNull();
  expect(deedOf(entry({ now: values({ kind: 'school', name: ' ' }), geometry: place })), 'a place has a name').toBeNull();
});

it('only what changed of a feature is sent; null empties a property', () => {
  const there = row({ number: 2, kind: 'school', name: 'Trường', weight: 40 }, { number: 2 });
  const before = values({ number: '2', kind: 'school', name: 'Trường', weight: '40' });
  const change = (rest: Partial<PlanEntry>) => deedOf(entry({ row: there, before, now: before, ...rest }));
  expect(change({ now: values({ ...before.fields, weight: '' }) })).toEqual({ act: 'change_feature', layer: 'places', number: 2, properties: { weight: null } });
  expect(change({ geometry: place })).toEqual({ act: 'change_feature', layer: 'places', number: 2, geometry: place });
  expect(change({}), 'nothing would change').toBeNull();
  expect(change({ now: values({ ...before.fields, name: '' }) }), 'a place keeps a name').toBeNull();
});

it('a planned structure goes by its identity, its owner is one of its properties', () => {
  const there = row({ class: 'mast', owner: 'vnpt', height_m: 36 }, { id: 'x' });
  const before = values({ height_m: '36' });
  const mast = (rest: Partial<PlanEntry>) => deedOf(entry({ layer: 'planned:mast', row: there, before, now: before, owner: 'vnpt', ...rest }));
  expect(mast({ owner: 'viettel', now: values({ height_m: '42' }) })).toEqual({ act: 'change_planned', id: 'x', properties: { height_m: '42', owner: 'viettel' } });
  expect(mast({ geometry: place })).toEqual({ act: 'change_planned', id: 'x', geometry: place });
  expect(mast({})).toBeNull();
  expect(mast({ row: null, before: EMPTY, now: values({ code: 'QH-9' }), geometry: place })).toEqual({
    act: 'add_planned', class: 'mast', owner: 'vnpt', properties: { code: 'QH-9' }, geometry: place,
  });
  expect(mast({ row: null, owner: '', geometry: place }), 'for nobody').toBeNull();
});

it('what leaves the plan is named by its number in its layer, or by its identity', () => {
  expect(retirementOf('dykes', row({}, { number: 1 }))).toEqual({ act: 'retire_feature', layer: 'dykes', number: 1 });
  expect(retirementOf('planned:duct', row({}, { id: 'x' }))).toEqual({ act: 'retire_planned', id: 'x' });
});
