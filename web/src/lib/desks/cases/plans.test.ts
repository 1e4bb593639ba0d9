import { expect, it } from 'vitest';
import type { YearlyPlanItem, YearlyPlans } from '$lib/api/model';
import { coverageText, hindranceOf, leftLines, meetingName, meetingText, planYears, plansByCarrier } from './plans';

const GATE = { authority: { vi: '', en: '' }, approval: { vi: '', en: '' } };
const item = (findings: object[], meets: object[] = []) => ({ findings, meets }) as unknown as YearlyPlanItem;
const meeting = { reference: 'VT-1', number: 2, applicant: 'viettel', distance_m: null, against: ['SP'], can_share: null };

it.each([
  ['nothing is left', item([]), 'none'],
  ['a rule cannot be told', item([{ verdict: 'cannot_tell', gate: null }]), 'undecided'],
  ['another authority has not approved yet', item([{ verdict: 'does_not_comply', gate: GATE }]), 'undecided'],
  ['a rule is broken', item([{ verdict: 'cannot_tell', gate: null }, { verdict: 'does_not_comply', gate: null }]), 'some'],
  ['another structure of the year is near', item([], [meeting]), 'some'],
])('only what has nothing left is without obstacle: %s', (_, given, expected) => {
  expect(hindranceOf(given)).toBe(expected);
});

it('nobody is sent to ask about sharing where no host was judged', () => {
  expect(meetingText(meeting)).toBe('không đạt SP nếu xây cả hai.');
  expect(meetingText({ ...meeting, against: [], distance_m: 40 })).toBe('Chưa rõ có dùng chung được không: hỏi hai đơn vị.');
  expect(meetingText({ ...meeting, distance_m: 40, can_share: true })).toBe('không đạt SP nếu xây cả hai. Một công trình có thể dùng chung cho cả hai.');
  expect(meetingName({ ...meeting, distance_m: 40 }).replaceAll('\u00a0', ' ')).toBe('VT-1/2 (viettel, 40 m)');
});

it('years that are over can be asked for, and so can the year of the address', () => {
  const today = new Date(2026, 10, 28);
  expect(planYears(today, '2027')).toEqual(['2023', '2024', '2025', '2026', '2027', '2028', '2029', '2030', '2031']);
  expect(planYears(today, '2019')[0]).toBe('2019');
  expect(planYears(today, '2040').at(-1)).toBe('2040');
});

it('a technology is written as people write it', () => {
  const coverage = { technology: '5g', people_uncovered: 900, people_newly_covered: 300, left: { people: 600 } } as NonNullable<YearlyPlans['coverage']>;
  expect(coverageText(coverage)).toBe('5G: hiện 900 người chưa được mạng nào phủ; các công trình này phủ thêm 300 người, còn lại 600 người.');
});

it('who stays uncovered is named, and those beyond the named ones are counted', () => {
  const read = (left: object): [string, string][] => {
    const all = { people: 0, hamlets: [], hamlets_total: 0, places: [], places_total: 0, places_unknown: 0, ...left };
    return leftLines({ left: all } as unknown as NonNullable<YearlyPlans['coverage']>).map(({ label, names }) => [label, names]);
  };
  expect(read({})).toEqual([
    ['Thôn còn người chưa được phủ (0)', 'không còn nơi nào'],
    ['Địa điểm ưu tiên chưa được phủ (0)', 'không còn nơi nào'],
  ]);
  const hamlets = [{ name: 'An Bình', people: 1200 }, { name: 'An Lạc', people: 80 }];
  const places = [{ kind: 'school', name: 'Trường tiểu học An Bình' }, { kind: 'office', name: '' }];
  expect(read({ hamlets, hamlets_total: 2, places, places_total: 9, places_unknown: 3 })).toEqual([
    ['Thôn còn người chưa được phủ (2)', 'An Bình (1.200 người); An Lạc (80 người)'],
    ['Địa điểm ưu tiên chưa được phủ (9)', 'Trường tiểu học An Bình; Trụ sở và 7 nơi khác'],
    ['Địa điểm ưu tiên chưa thể kết luận (3)', 'nằm ngoài phạm vi bản đồ tính vùng phủ'],
  ]);
});

it('structures stand under their carrier, the first to hand in first', () => {
  const submissions = [{ case: 'b', applicant: 'vnpt' }, { case: 'a', applicant: 'viettel' }, { case: 'c', applicant: 'vnpt' }];
  const items = [{ case: 'a', number: 1 }, { case: 'b', number: 1 }, { case: 'c', number: 1 }];
  const grouped = plansByCarrier({ submissions, items } as unknown as YearlyPlans);
  expect(grouped.map(({ applicant, items }) => [applicant, items.map((one) => one.case)])).toEqual([['vnpt', ['b', 'c']], ['viettel', ['a']]]);
});
