import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PlanSheet } from '$lib/api/model';
import { completeParts, emptyTarget, faultOf, partName, saysOf, statementOf, yearsOf } from './statement';

const sheet = {
  title: { vi: 'Quy hoạch', en: 'Plan' }, instrument: 'QĐ 1', valid_from: '2026-01-01', valid_to: null, synthetic: true, years_issued: [2026],
  complete: ['dykes', 'zone:urban'], targets: [{ code: '5g', name: { vi: 'Phủ sóng', en: 'Coverage' }, value: 100, unit: '%', by: '2030-12-31', instrument: null }],
} as unknown as PlanSheet;
const said = () => statementOf(sheet);

it('what stays as it is is not sent', () => {
  expect(saysOf(said(), said())).toEqual({});
  expect(saysOf(said(), { ...said(), title_vi: 'Quy hoạch  ', complete: ['zone:urban', 'dykes'], years: '2026 ;' }), 'spaces and the order of parts say nothing').toEqual({});
});

it('lists are sent whole, and a day that is taken away is null', () => {
  expect(saysOf(said(), { ...said(), complete: ['dykes'], valid_from: '' })).toEqual({ complete: ['dykes'], valid_from: null });
  expect(saysOf(said(), { ...said(), years: '2027, 2026', title_en: 'New plan' })).toEqual({ years_issued: [2026, 2027], title: { vi: 'Quy hoạch', en: 'New plan' } });
  const target = { ...emptyTarget(), code: 'fibre', name_vi: 'Cáp quang', name_en: 'Fibre', value: 90, unit: '%' };
  expect(saysOf(said(), { ...said(), targets: [...said().targets, target] })).toEqual({
    targets: [
      { code: '5g', name: { vi: 'Phủ sóng', en: 'Coverage' }, value: 100, unit: '%', by: '2030-12-31' },
      { code: 'fibre', name: { vi: 'Cáp quang', en: 'Fibre' }, value: 90, unit: '%' },
    ],
  });
  expect(saysOf(said(), { ...said(), targets: [] })).toEqual({ targets: [] });
});

it.each([
  ['nothing is wrong', {}, null],
  ['no title', { title_en: ' ' }, 'empty'],
  ['no document', { instrument: '' }, 'empty'],
  ['half a year', { years: '2026, 27' }, 'years'],
  ['ends before it begins', { valid_to: '2025-12-31' }, 'days'],
  ['a target without a value', { targets: [{ ...said().targets[0]!, value: null }] }, 'targets'],
  ['two targets of one code', { targets: [...said().targets, ...said().targets] }, 'targets'],
])('what cannot be saved is told: %s', (_, rest, fault) => {
  expect(faultOf({ ...said(), ...rest })).toBe(fault);
});

it('years are read whatever parts them', () => {
  expect([yearsOf(''), yearsOf('2027,2026 2026'), yearsOf('20 26')]).toEqual([[], [2026, 2027], null]);
});

it('every part that the server knows can be declared complete, under its name', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../../../crates/core/src/plan.rs'), 'utf8');
  const [, list = ''] = /Layer, "layers of other sectors" \{([\s\S]*?)\n {4}\}/.exec(source) ?? [];
  const layers = [...list.matchAll(/= "(\w+)"/g)].map(([, word]) => word);
  const parts = completeParts(['zone:odd'], ['quiet', 'urban']);
  expect(parts).toEqual(expect.arrayContaining([...layers, 'planned', 'zone:mast_land', 'zone:quiet', 'zone:odd']));
  expect(new Set(parts).size).toBe(parts.length);
  expect([partName('zone:urban'), partName('dykes')]).toEqual(['Khu vực đô thị', 'Đê điều']);
});
