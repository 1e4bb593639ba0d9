import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PlanCollection, PlanLayer } from '$lib/api/model';
import { vi } from '$lib/i18n/vi';
import { classOf, countOf, FEATURE_KINDS, fieldLabel, fieldsOf, LAYER_GROUPS, layerName, matching, rowsOf, sameRow, shapesOf, wordsOf } from './plan-layers';

const ROOT = join(import.meta.dirname, '../../../../..');
const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const keys = LAYER_GROUPS.flatMap(({ keys }) => keys);

const at = (lon: number) => ({ type: 'Point', coordinates: [lon, 20.68] });
const layer = (...features: object[]): PlanCollection => ({ type: 'FeatureCollection', features: features as never });
const feature = (properties: object, lon = 106, id?: string) => ({ type: 'Feature', id, geometry: at(lon), properties });
const plan = {
  zones: layer(feature({ number: 0, zone: 'quiet', name: null }), feature({ number: 1, zone: 'urban', name: 'Thị tứ' })),
  hamlets: layer(feature({ number: 0, name: 'Thôn Cự Lai', people: 1601 })),
  places: layer(),
  roads: layer(feature({ number: 0, kind: 'lane', name: null, land_width_m: 3.5 })),
  constraints: layer(
    feature({ number: 0, layer: 'dykes', class: 'III', name: 'Đê Bắc' }),
    feature({ number: 0, layer: 'power_lines', class: '110_kv', name: null, height_m: 14 }),
    feature({ number: 1, layer: 'dykes', class: 'IV', name: null }),
  ),
  planned: layer(feature({ class: 'mast', code: 'QH-1', owner: 'vnpt' }, 106, 'a'), feature({ class: 'duct', code: null, owner: 'vnpt' }, 106, 'b')),
} as unknown as Record<PlanLayer, PlanCollection>;

it('every layer that the server changes and every class that a plan may hold can be chosen, each once and by its name', () => {
  const words = /enum PlanFeatureLayer \{([\s\S]*?)\n\}/.exec(source('crates/api/src/wire/plan.rs'))![1]!;
  const layers = [...words.matchAll(/^ {4}(\w+),/gm)].map(([, word]) => word!.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase());
  expect(Object.keys(FEATURE_KINDS).sort()).toEqual(layers.sort());
  expect(keys.filter((key) => classOf(key) === null).sort()).toEqual(layers.sort());
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(layerName(key), key).not.toBe(key);
});

it('the properties are those that the server reads, each with a name in the language files', () => {
  const read = source('crates/exchange/src/plan_feature.rs');
  const readers = { zones: 'zone', hamlets: 'hamlet', places: 'place', roads: 'road', dykes: 'constraint', bridges: 'constraint' } as const;
  for (const [key, reader] of Object.entries(readers)) {
    const body = new RegExp(`pub\\(crate\\) fn ${reader}\\([\\s\\S]*?\\n\\}`).exec(read)![0];
    const properties = [...body.matchAll(/(required|optional)\("(\w+)"\)/g)].map(([, how, name]) => ({ name, required: how === 'required' }));
    const fields = FEATURE_KINDS[key as keyof typeof readers].fields.map(({ name, required }) => ({ name, required }));
    const byName = (a: { name?: string }, b: { name?: string }) => a.name!.localeCompare(b.name!);
    expect(fields.sort(byName), key).toEqual(properties.sort(byName));
  }
  for (const key of keys) for (const field of fieldsOf(key)) expect(`planField.${field.name === 'kind' ? field.of : field.name}` in vi, fieldLabel(field)).toBe(true);
});

it('the classes of lines are those that rules tell apart, and every zone that a rule reads can be entered', () => {
  const rules = source('rule-sets/national.toml') + source('rule-sets/hai-phong.toml');
  for (const [key, list] of [['dykes', 'dykeClass'], ['canals', 'canalClass'], ['waterways', 'waterwayClass'], ['power_lines', 'powerClass'], ['roads', 'roadKind']] as const) {
    const strips = [...rules.matchAll(new RegExp(`layer = "${key}"\\nstrips = \\[([\\s\\S]*?)\\n\\]`, 'g'))].map(([, strips]) => strips).join();
    const classes = [...strips.matchAll(/classes = \[([^\]]*)\]/g)].flatMap(([, words]) => [...words!.matchAll(/"(\w+)"/g)].map(([, word]) => word));
    expect(classes.length, key).toBeGreaterThan(0);
    for (const word of classes) expect(`${list}.${word}` in vi, `${key}: ${word}`).toBe(true);
  }
  const zones = [...rules.matchAll(/^zones = \[([^\]]*)\]/gm)].flatMap(([, words]) => [...words!.matchAll(/"(\w+)"/g)].map(([, word]) => word!));
  const offered = wordsOf('zones', fieldsOf('zones')[0]!, plan);
  for (const zone of [...zones, 'urban', 'settlement', 'aerodrome_2a', 'mast_land']) expect(offered, zone).toContain(zone);
});

it('a list has the features of its layer alone, under names that people read', () => {
  expect(rowsOf('dykes', plan).map(({ title, detail, target }) => [title, detail, target])).toEqual([
    ['Đê Bắc', 'Đê cấp III', { number: 0 }],
    ['Đê điều số 2', 'Đê cấp IV', { number: 1 }],
  ]);
  expect(rowsOf('power_lines', plan).map(({ title, detail }) => [title, detail])).toEqual([
    ['Đường dây điện số 1', '110 kV · Độ cao của đỉnh, hoặc của dây thấp nhất (m): 14'],
  ]);
  expect(rowsOf('roads', plan).map(({ title }) => title)).toEqual(['Đường thôn, ngõ xóm số 1']);
  expect(rowsOf('hamlets', plan)[0]!.detail).toBe('Số dân: 1.601');
  expect(rowsOf('planned:mast', plan).map(({ title, target }) => [title, target])).toEqual([['Cột ăng ten QH-1', { id: 'a' }]]);
  expect(rowsOf('planned:duct', plan)[0]!.title).toBe('Cống cáp (chưa có mã)');
  expect([countOf('places', plan), countOf('planned:pole', plan), countOf('zones', plan)]).toEqual([0, 0, 2]);
});

it('a word that the plan holds and nobody has named can still be chosen', () => {
  const words = wordsOf('zones', fieldsOf('zones')[0]!, plan);
  expect(words).toContain('quiet');
  expect(words.filter((word) => word === 'urban')).toHaveLength(1);
});

it('the filter reads names and kinds without tones', () => {
  expect(matching(rowsOf('hamlets', plan), 'cu lai')).toHaveLength(1);
  expect(matching(rowsOf('zones', plan), 'do thi').map(({ title }) => title)).toEqual(['Thị tứ']);
  expect(matching(rowsOf('zones', plan), '')).toHaveLength(2);
  expect(matching(rowsOf('zones', plan), 'x')).toEqual([]);
});

it('points, lines and areas are drawn as such, and lines of other sectors as any of them', () => {
  expect([shapesOf('places'), shapesOf('hamlets'), shapesOf('roads')]).toEqual([['Point'], ['Polygon'], ['LineString']]);
  expect([shapesOf('planned:mast'), shapesOf('planned:trench'), shapesOf('planned:host')]).toEqual([['Point'], ['LineString'], ['Point']]);
  expect(shapesOf('bridges')).toEqual(['LineString', 'Polygon', 'Point']);
});

it('a feature is found again whatever its number is now, unless it was changed', () => {
  const [first, second] = rowsOf('zones', plan);
  const moved = { ...plan, zones: layer(feature({ number: 0, zone: 'urban', name: 'Thị tứ' })) };
  expect(sameRow(second!, rowsOf('zones', moved))?.target).toEqual({ number: 0 });
  expect(sameRow(first!, rowsOf('zones', moved))).toBeNull();
  const redrawn = { ...plan, zones: layer(feature({ number: 1, zone: 'urban', name: 'Thị tứ' }, 107)) };
  expect(sameRow(second!, rowsOf('zones', redrawn))).toBeNull();
});
