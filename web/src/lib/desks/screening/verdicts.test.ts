import { expect, it } from 'vitest';
import type { Finding, ScreenedItem, Verdict } from '$lib/api/model';
import { assumptionsOf, gateText, listOf, sortFindings, summaryOf } from './verdicts';

const GATE = { authority: { vi: 'Cục Tác chiến', en: 'Operations' }, approval: { vi: 'chấp thuận độ cao', en: 'height' } };
const REPORT = { authority: { vi: 'cơ quan hàng không', en: 'aviation' }, approval: { vi: 'báo cáo hoàn thành', en: 'report' }, owed: true };
const finding = (rule: string, verdict: Verdict, gate: Finding['gate'] = null) => ({ rule, verdict, gate, assumptions: [] }) as unknown as Finding;
const text = (vi: string) => ({ vi, en: vi });

const findings = [
  finding('A', 'complies'),
  finding('B', 'does_not_apply'),
  finding('C', 'does_not_comply', GATE),
  finding('D', 'does_not_comply'),
  finding('E', 'cannot_tell'),
  finding('F', 'cannot_tell', GATE),
];

it('what another authority decides stands apart from what the office judges, the worst first', () => {
  const { rules, gates, silent } = sortFindings(findings);
  expect(rules.map(({ rule }) => rule)).toEqual(['D', 'E', 'A']);
  expect(gates.map(({ rule }) => rule)).toEqual(['C', 'F']);
  expect(silent.map(({ rule }) => rule)).toEqual(['B']);
});

it('an approval that is not on file is no failure of the request', () => {
  expect(summaryOf(findings)).toEqual([
    '1 không đạt · 1 chưa đủ căn cứ · 1 đạt · 1 không áp dụng',
    'Cơ quan khác: 1 cần văn bản · 1 chưa rõ có cần',
  ]);
  expect(summaryOf([finding('A', 'complies')])).toEqual(['1 đạt']);
  expect(summaryOf([])).toEqual([]);
});

it('a report that is owed stands apart from an approval that is given', () => {
  const all = [...findings, finding('G', 'does_not_comply', REPORT), finding('H', 'complies', REPORT), finding('I', 'does_not_apply', REPORT)];
  const { gates, owed, silent } = sortFindings(all);
  expect(gates.map(({ rule }) => rule)).toEqual(['C', 'F']);
  expect(owed.map(({ rule }) => rule)).toEqual(['G', 'H']);
  expect(silent.map(({ rule }) => rule)).toEqual(['B', 'I']);
  expect(summaryOf(all)[2]).toBe('Báo cáo: 1 phải báo cáo · 1 đã báo cáo');
  expect(all.map(listOf).slice(2, 7)).toEqual(['gate', 'verdict', 'verdict', 'gate', 'owed']);
  expect([gateText(GATE), gateText(REPORT)]).toEqual([
    'Cục Tác chiến · chấp thuận độ cao',
    'Phải báo cáo cơ quan hàng không sau khi hoàn thành · báo cáo hoàn thành',
  ]);
});

it('an assumption that several parts rest on is said once', () => {
  const item = {
    findings: [{ assumptions: [text('sai số 5 m')] }, { assumptions: [text('sai số 5 m'), text('cao 3 m')] }],
    hosts: [{ assumptions: [text('cao 3 m')], fails_together: { assumptions: [text('phủ theo khoảng cách')] } }],
    way: null,
    coverage_effect: { assumptions: [text('ba hướng')] },
  } as unknown as ScreenedItem;
  expect(assumptionsOf(item).map(({ vi }) => vi)).toEqual(['sai số 5 m', 'cao 3 m', 'phủ theo khoảng cách', 'ba hướng']);
});
