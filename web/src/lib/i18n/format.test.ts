import { describe, expect, it } from 'vitest';
import { Format } from './format';
import { fill, places } from './message';

const vi = new Format('vi');
const en = new Format('en');
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a number', () => {
  it.each([
    ['people', vi.number(45332), '45.332', en.number(45332), '45,332'],
    ['a distance with its accuracy', vi.measured(119, 5, 'm'), '119 ± 5 m', en.measured(119, 5, 'm'), '119 ± 5 m'],
    ['half a metre of accuracy', vi.measured(119.256, 0.5, 'm'), '119,26 ± 0,5 m', en.measured(119.256, 0.5, 'm'), '119.26 ± 0.5 m'],
    ['accuracy of 5.4 m', vi.measured(119.26, 5.4, 'm'), '119,3 ± 5,4 m', en.measured(119.26, 5.4, 'm'), '119.3 ± 5.4 m'],
    ['no accuracy', vi.measured(2, null, 'm'), '2 m', en.measured(2.55, undefined, 'm'), '2.6 m'],
    ['a short length', vi.length(42.37), '42,4 m', en.length(42.37), '42.4 m'],
    ['a long length', vi.length(1840), '1,84 km', en.length(1840), '1.84 km'],
    ['an area', vi.area(480000), '48 ha', en.area(30_600_000), '30.6 km²'],
    ['a share', vi.share(0.9234), '92,3 %', en.share(0.9234), '92.3 %'],
    ['nearly all', vi.share(0.99999), '99,9 %', en.share(1), '100 %'],
    ['nearly none', vi.share(0.00001), '0,1 %', en.share(0), '0 %'],
    ['a day', vi.day('2027-03-01'), '01/03/2027', en.day('2027-03-01'), '01/03/2027'],
  ])('is written with its unit: %s', (_, inVietnamese, expectedVietnamese, inEnglish, expectedEnglish) => {
    expect(plain(inVietnamese)).toBe(expectedVietnamese);
    expect(plain(inEnglish)).toBe(expectedEnglish);
  });
});

it('a message is filled, counts one apart, and shows a place that has no value', () => {
  const message = { one: '{n} finding', other: '{n} findings' };
  expect(fill(message, { n: 1 })).toBe('1 finding');
  expect(fill(message, { n: 3 })).toBe('3 findings');
  expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}');
  expect(places(message)).toEqual(['n']);
});
