import { expect, it } from 'vitest';
import { LETTERS } from './fonts';

it('every Vietnamese letter is loaded before the map starts', () => {
  expect(new Set(LETTERS.match(/[À-ỹ]/gu)).size).toBe(2 * 67);
  for (const letter of 'ẨặỹƯợĐđềữ') expect(LETTERS).toContain(letter);
});
