import { expect, it } from 'vitest';
import type { RuleSetSheet, ScreenedRequest } from '$lib/api/model';
import { Format } from '$lib/i18n/format';
import { rulebook } from '$lib/state/rulebook.svelte';
import { factsOf } from './facts';

const format = new Format('vi');
const read = (item: object) =>
  Object.fromEntries(factsOf(item as ScreenedRequest, format).map(({ label, value }) => [label, value.replaceAll('\u00a0', ' ')]));

const mast = { class: 'mast', owner: 'vnpt', shape: { type: 'Point', coordinates: [106.48, 20.69] } };
const line = { class: 'duct', owner: 'vnpt', shape: { type: 'LineString', coordinates: [[106.48, 20.69], [106.48, 20.691]] } };

it('what was left out is left out', () => {
  expect(read(mast)).toEqual({ 'Vị trí': '106,48000; 20,69000 (WGS 84)' });
});

it('everything that a mast is judged by is told', () => {
  expect(read({ ...mast, mast_class: 'A2b', half_width_m: 1.5, height_m: 36, on_building: true })).toMatchObject({
    'Loại cột': 'A2b',
    'Nửa bề rộng': '1,5 m',
    'Chiều cao': '36 m',
    'Đặt trên công trình': 'có',
  });
  expect(read({ ...mast, on_building: true, building_height_m: 12 })).toMatchObject({ 'Chiều cao nhà': '12 m' });
  expect(read({ ...mast, on_building: false })).toMatchObject({ 'Đặt trên công trình': 'không' });
});

it('everything that a line is judged by is told', () => {
  expect(read({ ...line, bores: 4, bore_diameter_mm: 110, surface: 'pavement', depth_m: 0.7, clearance_m: 5.5 })).toMatchObject({
    'Số ống': '4',
    'Đường kính trong của ống': '110 mm',
    'Mặt phủ': 'vỉa hè',
    'Độ sâu': '0,7 m',
    'Độ cao tĩnh không': '5,5 m',
  });
});

it('documents and approvals are told by their names; a list that holds nothing is told, one that nobody began is not', () => {
  expect(read({ ...mast, documents: [], approvals: [] })).toEqual({ 'Vị trí': '106,48000; 20,69000 (WGS 84)', 'Tài liệu trong hồ sơ': 'không có tài liệu nào' });
  expect(read({ ...mast, documents: ['position', 'schedule'], approvals: ['GT-ROAD'] })).toMatchObject({
    'Tài liệu trong hồ sơ': 'Vị trí công trình; Tiến độ xây dựng',
    'Chấp thuận, báo cáo đã có': 'GT-ROAD',
  });
  const gate = { authority: { vi: 'cơ quan đường bộ', en: '' }, approval: { vi: 'chấp thuận', en: '' } };
  rulebook.sets.value = [{ code: 'national', rules: [{ id: 'GT-ROAD', gate }] }] as unknown as RuleSetSheet[];
  expect(read({ ...mast, approvals: ['GT-ROAD', 'OLD'] })).toMatchObject({ 'Chấp thuận, báo cáo đã có': 'Cơ quan đường bộ: chấp thuận (GT-ROAD); OLD' });
  rulebook.sets.clear();
});
