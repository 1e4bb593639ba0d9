import { beforeEach, expect, it } from 'vitest';
import type { PlanCollection, PlanLayer } from '$lib/api/model';
import { rowsOf } from '$lib/desks/rules/plan-layers';
import { planEditing } from './plan-editing.svelte';
import { registry } from './registry.svelte';

const ring = (west: number) => [[west, 20], [west + 0.1, 20], [west + 0.1, 20.1], [west, 20]];
const zone = (number: number, name: string, geometry: object) => ({ type: 'Feature', geometry, properties: { number, zone: 'urban', name, instrument: null } });
const one = zone(0, 'Một', { type: 'Polygon', coordinates: [ring(106.1234567891)] });
const two = zone(1, 'Hai', { type: 'MultiPolygon', coordinates: [[ring(106)], [ring(107)]] });
const hold = (...features: object[]) => {
  registry.plan = { ...registry.plan, zones: { type: 'FeatureCollection', features } as unknown as PlanCollection } as Record<PlanLayer, PlanCollection>;
};
const rows = () => rowsOf('zones', registry.plan);

beforeEach(() => {
  planEditing.choose('zones');
  planEditing.stop();
  hold(one, two);
});

it('a shape that nobody touched is not sent, rounded or otherwise', () => {
  planEditing.begin(rows()[0]!, 1);
  expect([planEditing.isKept, planEditing.deed]).toEqual([true, null]);
  planEditing.values.fields.name = 'Thị tứ';
  expect(planEditing.deed).toEqual({ act: 'change_feature', layer: 'zones', number: 0, properties: { name: 'Thị tứ' } });
});

it('a shape of several parts stays until another is drawn', () => {
  planEditing.begin(rows()[1]!, 1);
  expect([planEditing.sketch.text, planEditing.isKept]).toEqual(['', true]);
  planEditing.sketch.take([[106, 20], [106.1, 20]]);
  expect([planEditing.isKept, planEditing.deed], 'two corners are no area').toEqual([false, null]);
  planEditing.sketch.take([[106, 20], [106.1, 20], [106.1, 20.1]]);
  expect(planEditing.deed).toMatchObject({ act: 'change_feature', number: 1, geometry: { type: 'Polygon' } });
  expect(planEditing.deed).not.toHaveProperty('properties');
  planEditing.undo();
  expect([planEditing.isKept, planEditing.deed]).toEqual([true, null]);
});

it('a form goes on with its feature under the number of the new version', () => {
  planEditing.begin(rows()[1]!, 1);
  planEditing.values.fields.name = 'Ba';
  hold(zone(0, 'Hai', two.geometry));
  planEditing.reread(2);
  expect(planEditing.task?.version).toBe(2);
  expect(planEditing.deed).toEqual({ act: 'change_feature', layer: 'zones', number: 0, properties: { name: 'Ba' } });
});

it('a form whose feature somebody else changed is not saved over it', () => {
  planEditing.begin(rows()[1]!, 1);
  planEditing.values.fields.name = 'Ba';
  hold(one, zone(1, 'Bốn', two.geometry));
  planEditing.reread(2);
  expect([planEditing.lost, planEditing.deed, planEditing.task?.version]).toEqual([true, null, 1]);
});

it('a form for a new feature goes on in every version', () => {
  planEditing.begin(null, 1);
  planEditing.values.fields.zone = 'mast_land';
  planEditing.sketch.take([[106, 20], [106.1, 20], [106.1, 20.1]]);
  planEditing.reread(2);
  expect([planEditing.task?.version, planEditing.lost]).toEqual([2, false]);
  expect(planEditing.deed).toMatchObject({ act: 'add_feature', layer: 'zones', properties: { zone: 'mast_land' } });
});

it('a line of another sector may be drawn as an area, and a planned structure begins as planned', () => {
  planEditing.choose('bridges');
  planEditing.begin(null, 1);
  planEditing.draw('Polygon');
  planEditing.sketch.take([[106, 20], [106.1, 20], [106.1, 20.1]]);
  expect(planEditing.deed).toMatchObject({ layer: 'bridges', geometry: { type: 'Polygon' } });
  planEditing.choose('planned:mast');
  planEditing.begin(null, 1);
  expect(planEditing.values.fields).toEqual({ status: 'planned' });
});
