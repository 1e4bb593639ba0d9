import { expect, it } from 'vitest';
import { answeredText, needName } from './answers';

it('answers are counted, and that there is none is told', () => {
  expect(answeredText({ interested: 0, not_interested: 0, place_ducts: 0, ducts: 0 })).toBe('Chưa đơn vị nào trả lời');
  expect(answeredText({ interested: 1, not_interested: 2, place_ducts: 3, ducts: 5 })).toBe(
    'Trả lời: 1 đơn vị quan tâm, 3 đơn vị xin đặt 5 ống, 2 đơn vị không quan tâm.',
  );
});

it('an answer is known by its organisation alone, and stays unnamed where the viewer may not know it', () => {
  expect(needName({ kind: 'answer', code: 'vnpt', organisation: 'vnpt' })).toBe('vnpt');
  expect(needName({ kind: 'answer', code: '', organisation: null })).toBe('(không nêu tên)');
  expect(needName({ kind: 'request', code: 'VNPT-1', organisation: 'vnpt' })).toBe('VNPT-1 (vnpt)');
  expect(needName({ kind: 'gap', code: 'G-1', organisation: null })).toBe('G-1');
});
