import { expect, it } from 'vitest';
import type { Outcome, ScreenedItem, ShownCase } from '$lib/api/model';
import { changeText, isJudged, nameOf, standingOf, standingText, verdictOf } from './parts';

const outcome = (about: string, rest: object) => ({ item: 1, about, verdict: 'met', ...rest }) as Outcome;

it.each([
  ['operators', outcome('condition', { condition: 'build_for_operators', figure: 3 }), 'đã đáp ứng (3 doanh nghiệp)'],
  ['bores', outcome('condition', { condition: 'leave_bores', figure: 2 }), 'đã đáp ứng (2 ống)'],
  ['a condition of another name', outcome('condition', { condition: 'other', figure: 2 }), 'đã đáp ứng'],
  ['a distance', outcome('rule', { verdict: 'complies', figure: 260, unit: 'm' }), 'Đạt (đo được 260 m)'],
  ['a way that takes part of what stands', outcome('way', { verdict: 'partly_shared', figure: 500, unit: 'm' }), 'đi chung một phần (có chỗ cho 500 m)'],
  ['a way on which every owner is asked', outcome('way', { verdict: 'to_ask', figure: 0, unit: 'm' }), 'phải hỏi chủ sở hữu trước'],
  ['no number', outcome('rule', { verdict: 'cannot_tell', figure: null }), 'Chưa đủ căn cứ'],
])('a number says what it counts: %s', (_, given, expected) => {
  expect(verdictOf(given)).toBe(expected);
});

it('a part is called by what the answer says of it', () => {
  const item = {
    findings: [{ rule: 'SP-1', name_vi: 'Khoảng cách', name_en: 'Spacing' }],
    hosts: [{ asset: 'x', class: 'mast', code: 'COT-1' }],
  } as unknown as ScreenedItem;
  expect(nameOf('rule', 'SP-1', item)).toBe('SP-1 · Khoảng cách');
  expect(nameOf('host', 'x', item)).toBe('Cột ăng ten COT-1');
  expect(nameOf('works', 'CT-1', item)).toBe('Công trình CT-1');
  expect(nameOf('rule', 'SP-1', undefined)).toBe('SP-1');
  expect(nameOf('way', '', item)).toBe('Đi qua công trình có sẵn');
});

const ruled = (version: number, verdict: string, figure: number, ...grounds: string[]) =>
  outcome('rule', { rule: 'SP-1', verdict, figure, unit: 'm', grounds: [`version ${version}`, ...grounds] });
const way = (figure: number, ...grounds: string[]) => outcome('way', { verdict: 'partly_shared', figure, unit: 'm', grounds });

it.each([
  ['another verdict', ruled(1, 'complies', 260), ruled(1, 'does_not_comply', 200), 'Đạt (đo được 260 m) → Không đạt (đo được 200 m)'],
  ['another version of the rule', ruled(1, 'complies', 260), ruled(2, 'does_not_comply', 260), 'Đạt (đo được 260 m) → Không đạt (đo được 260 m) · quy tắc phiên bản 1 → 2'],
  ['only another version', ruled(1, 'complies', 260), ruled(2, 'complies', 260), 'Đạt (đo được 260 m) · quy tắc phiên bản 1 → 2'],
  ['other assets under the same word', ruled(1, 'complies', 260, 'asset a'), ruled(1, 'complies', 260, 'asset b'), 'Đạt (đo được 260 m) · căn cứ đã thay đổi'],
  ['other metres to ask for', way(500, '80.0 m to ask for'), way(500, '20.0 m to ask for'), 'đi chung một phần (có chỗ cho 500 m) · căn cứ đã thay đổi'],
  ['a way that has appeared', null, way(500), 'mới xuất hiện: đi chung một phần (có chỗ cho 500 m)'],
  ['a way that is gone', way(500), null, 'không còn: đi chung một phần (có chỗ cho 500 m)'],
])('a change says what it was and what it is: %s', (_, before, now, expected) => {
  expect(changeText({ before, now })).toBe(expected);
});

const at = new Date(2026, 10, 28, 9, 30).toISOString();
const given = { item: 1, about: 'rule', rule: 'SP-1', opinion: 'disagree', reason: 'Đo lại', rerate: false, at };
const shown = (rest: object) => ({ verdicts: [given], changes: [], steps: [], screening: { by_applicant: false }, ...rest }) as unknown as ShownCase;

it('an opinion says when it was given and why', () => {
  const standing = standingOf(shown({}), 1, 'rule', 'SP-1');
  expect(standing).toMatchObject({ changed: false, opinion: 'disagree' });
  expect(standingText(standing)).toBe('Không đồng ý (28/11/2026 09:30): Đo lại');
  expect(standingText(standingOf(shown({}), 1, 'rule', 'SP-2'))).toBe('Chưa đánh giá');
});

it('an opinion on the way needs no name of a part', () => {
  const on = { ...given, about: 'way', rule: undefined, opinion: 'agree', reason: null };
  expect(standingOf(shown({ verdicts: [on] }), 1, 'way', '')).toMatchObject({ changed: false, opinion: 'agree' });
  expect(standingOf(shown({ verdicts: [on], changes: [{ before: way(500), now: null }] }), 1, 'way', '')).toMatchObject({ changed: true, opinion: 'rerate' });
  expect(standingOf(shown({}), 1, 'way', '')).toMatchObject({ given: undefined, opinion: 'not_rated' });
});

it('an opinion on a part that has changed is to be given again', () => {
  const changes = [{ before: null, now: outcome('rule', { rule: 'SP-1' }) }];
  expect(standingOf(shown({ changes }), 1, 'rule', 'SP-1')).toMatchObject({ changed: true, opinion: 'rerate' });
});

it('opinions stand beside the office\'s own screening only', () => {
  expect(isJudged(shown({}))).toBe(true);
  expect(isJudged(shown({ screening: { by_applicant: true } }))).toBe(false);
  expect(isJudged(shown({ verdicts: [] }))).toBe(false);
  expect(isJudged(shown({ screening: null, steps: ['judge'] }))).toBe(false);
});
