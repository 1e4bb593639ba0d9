import { expect, it } from 'vitest';
import type { Lonlat } from '$lib/map/coordinates';
import { formOf, geometryOf, listed, REQUEST_CLASSES, requestOf, type RequestClass } from './request';

const here: Lonlat = [106.48, 20.69];
const there: Lonlat = [106.49, 20.69];

it.each<[string, RequestClass, Lonlat[], string | undefined]>([
  ['no position', 'mast', [], undefined],
  ['one position for a point', 'mast', [here], 'Point'],
  ['two positions for a point', 'mast', [here, there], undefined],
  ['one position for a line', 'duct', [here], undefined],
  ['two positions for a line', 'duct', [here, there], 'LineString'],
])('positions make up a geometry or none: %s', (_, requested, positions, type) => {
  expect(geometryOf(requested, positions)?.type).toBe(type);
});

it('a request waits for its applicant and its place', () => {
  const place = geometryOf('mast', [here]);
  expect(requestOf('mast', {}, place)).toBeNull();
  expect(requestOf('mast', { owner: 'viettel' }, null)).toBeNull();
  expect(requestOf('mast', { owner: 'viettel' }, place)).not.toBeNull();
});

it('what was not filled in is left out and never sent as zero', () => {
  const fields = { owner: 'viettel', height_m: 36, network: '', operators_designed: null, bores: 4 };
  expect(requestOf('mast', fields, geometryOf('mast', [here]))).toEqual({
    type: 'Feature',
    properties: { class: 'mast', owner: 'viettel', height_m: 36 },
    geometry: { type: 'Point', coordinates: here },
  });
});

it('whatever may be asked for is drawn as the server takes it', () => {
  const lines = REQUEST_CLASSES.filter((requested) => formOf(requested).geometry === 'LineString');
  expect(lines).toEqual(['aerial_route', 'duct', 'trench']);
  for (const requested of REQUEST_CLASSES) expect(formOf(requested).fields[0]).toBe('owner');
});

it('a dossier that nobody began to list says nothing of its documents, one that holds none says so', () => {
  const place = geometryOf('pole', [here]);
  const sent = (fields: object) => requestOf('pole', { owner: 'vnpt', ...fields }, place)!.properties;
  expect(sent({ approvals: [] })).toEqual({ class: 'pole', owner: 'vnpt' });
  expect(sent({ documents: [], approvals: ['GT-ROAD'] })).toMatchObject({ documents: [], approvals: ['GT-ROAD'] });
  expect(sent({ documents: ['schedule'] })).toMatchObject({ documents: ['schedule'] });
});

it('a list is read as it was written, and none stays none', () => {
  expect([null, undefined, ';', 'a; b', ['a']].map((value) => listed(value))).toEqual([undefined, undefined, [], ['a', 'b'], ['a']]);
});
