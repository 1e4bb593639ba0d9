import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { t } from '$lib/i18n/index.svelte';
import { geometryOf, requestOf } from './request';
import { readRequestFile, Unreadable } from './request-file';

const CASES = join(import.meta.dirname, '../../../../../tests/cases');
const file = (name: string): string => readFileSync(join(CASES, name, 'request.geojson'), 'utf8');
const anyone = { owners: null, networks: null };
const feature = (properties: object, geometry: unknown = { type: 'Point', coordinates: [106.48, 20.68] }) => ({ type: 'Feature', properties, geometry });
const read = (...features: unknown[]) => readRequestFile(JSON.stringify({ type: 'FeatureCollection', features }), { owners: ['vnpt'], networks: ['vinaphone'] });
const mast = { class: 'mast', owner: 'vnpt' };
const told = (given: ReturnType<typeof readRequestFile>) => given.remarks.map(({ feature: n, property, key, values }) => `${n} ${property}: ${t(key, values)}`);

it.each(['mast-in-aerodrome-2a-with-its-paper', 'cable-over-a-waterway-with-its-drawing'])('a case of the rules opens in the form and says the same again: %s', (name) => {
  const { items, remarks } = readRequestFile(file(name), anyone);
  expect([items.length, remarks]).toEqual([1, []]);
  const [{ class: requested, fields, positions }] = items as [(typeof items)[0]];
  const again = requestOf(requested, fields, geometryOf(requested, positions));
  expect(again).toEqual(JSON.parse(file(name)).features[0]);
});

it('every structure of a file is read, whatever its class', () => {
  const sample = join(import.meta.dirname, '../../../../../sample-data/requests/mast-and-duct.geojson');
  const { items, remarks } = readRequestFile(readFileSync(sample, 'utf8'), anyone);
  expect(remarks).toEqual([]);
  expect(items.map((item) => [item.feature, item.class])).toEqual([[1, 'mast'], [2, 'duct']]);
});

it('a value that is not understood is told with its feature and property, and the others are kept', () => {
  const odd = { height: 30, height_m: 'abc', bores: 4, operators_designed: 1.5, on_building: 'perhaps', starts_on: '2027-02-30', mast_class: 'Z', network: 'vinafone' };
  const given = read(feature(mast), feature({ ...mast, ...odd, accuracy_m: '3.5', note_1: 'x', code: null }));
  expect(given.items[1]!.fields).toEqual({ owner: 'vnpt', accuracy_m: 3.5 });
  expect(told(given)).toEqual([
    '2 height: yêu cầu xây dựng không có thuộc tính này.',
    '2 height_m: “abc” phải là số từ 0 trở lên, phần thập phân sau dấu chấm.',
    '2 bores: thuộc tính này không dùng cho loại công trình được đề nghị.',
    '2 operators_designed: “1.5” phải là số nguyên từ 0 trở lên.',
    '2 on_building: “perhaps” phải là true (có) hoặc false (không).',
    '2 starts_on: “2027-02-30” phải là ngày viết theo thứ tự năm, tháng, ngày, như 2027-03-01.',
    '2 mast_class: “Z” không có trong danh sách: A1a, A1b, A2a, A2b, A2c.',
    '2 network: “vinafone” không có trong sổ đăng ký.',
  ]);
});

it('a dossier keeps its three values', () => {
  const documents = (value: unknown) => read(feature({ ...mast, documents: value })).items[0]!.fields.documents;
  expect([documents(null), documents(''), documents([]), documents(';'), documents('position; schedule')]).toEqual([undefined, undefined, [], [], ['position', 'schedule']]);
  expect(read(feature({ ...mast, documents: ['licence'] })).remarks).toHaveLength(1);
});

it('a structure without a usable class or place is left out and told', () => {
  const line = { type: 'LineString', coordinates: [[106.48, 20.68], [106.49, 20.68]] };
  const given = read(
    feature({ owner: 'vnpt' }), feature({ ...mast, class: 'tower' }), feature(mast, line), feature({ ...mast, class: 'duct' }, { ...line, coordinates: [[106.48, 20.68]] }),
    feature(mast, { type: 'Point', coordinates: [20.68, 106.48] }), feature(mast, null), 7, feature({ ...mast, class: 'trench' }, line),
  );
  expect(given.items.map((item) => [item.feature, item.class])).toEqual([[8, 'trench']]);
  expect(given.remarks.map(({ feature: n, property }) => [n, property])).toEqual([
    [1, 'class'], [2, 'class'], [3, 'geometry'], [4, 'geometry'], [5, 'geometry'], [6, 'geometry'], [7, null],
  ]);
});

it('works that end before they begin lose their end, and that is told', () => {
  const given = read(feature({ ...mast, starts_on: '2027-03-01', ends_on: '2027/02/01' }));
  expect(given.items[0]!.fields).toEqual({ owner: 'vnpt', starts_on: '2027-03-01' });
  expect(told(given)).toEqual(['1 ends_on: “2027-02-01” trước ngày khởi công.']);
});

it.each([
  ['cut off', '{"type": "Feature', 'requestFile.notJson'],
  ['no object', '[]', 'requestFile.notGeojson'],
  ['a bare geometry', '{"type": "Point", "coordinates": [106, 20]}', 'requestFile.notGeojson'],
  ['no feature', '{"type": "FeatureCollection", "features": []}', 'requestFile.empty'],
  ['another reference system', '{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:9210"}}, "features": []}', 'requestFile.crs'],
])('a file that cannot be opened says why: %s', (_, text, key) => {
  try {
    readRequestFile(text, anyone);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable);
    expect((error as Unreadable).said.key).toBe(key);
  }
});

it('a single feature and a named WGS 84 are read too', () => {
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } };
  expect(readRequestFile(`\uFEFF${JSON.stringify({ ...feature(mast), crs })}`, anyone).items).toHaveLength(1);
});
