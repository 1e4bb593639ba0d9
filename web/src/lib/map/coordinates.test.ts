import { describe, expect, it } from 'vitest';
import { readCoordinates, readLine, readPosition, writeCoordinates } from './coordinates';

const VINH_BAO: [number, number, number, number] = [106.41, 20.65, 106.54, 20.74];

describe('a position in text', () => {
  it.each([
    ['longitude first', '106.48, 20.69', [106.48, 20.69]],
    ['latitude first', '20.69, 106.48', [106.48, 20.69]],
    ['without a space', '106.48,20.69', [106.48, 20.69]],
    ['parted by a space', '20.69 106.48', [106.48, 20.69]],
    ['decimal commas and a semicolon', '106,48; 20,69', [106.48, 20.69]],
    ['decimal commas and a space', '106,48 20,69', [106.48, 20.69]],
    ['west of Greenwich', '-97.1384, 49.8951', [-97.1384, 49.8951]],
    ['degrees, minutes, seconds', `20°41'24"N 106°28'48"E`, [106.48, 20.69]],
    ['Vietnamese compass letters', `20°41'24"B, 106°28'48"Đ`, [106.48, 20.69]],
  ])('is read when written %s', (_, text, expected) => {
    const [first, ...others] = readCoordinates(text);
    expect(others).toEqual([]);
    expect(first![0]).toBeCloseTo(expected[0]!, 9);
    expect(first![1]).toBeCloseTo(expected[1]!, 9);
  });

  it.each(['', 'Cự Lai', '106.48', '190, 95', 'VTL-HPG-1001', '106,48'])('is not found in %o', (text) => {
    expect(readCoordinates(text)).toEqual([]);
  });

  it('has two readings when both orders are possible', () => {
    expect(readCoordinates('12, 48')).toEqual([
      [12, 48],
      [48, 12],
    ]);
    expect(readPosition('12, 48', null)).toBeNull();
    expect(readPosition('12, 48', [40, 10, 50, 15])).toEqual([48, 12]);
  });

  it('is written so that it reads back', () => {
    expect(readPosition(writeCoordinates([106.4812344, 20.6912346]), VINH_BAO)).toEqual([106.481234, 20.691235]);
  });
});

it('a line of positions names the lines that are none', () => {
  expect(readLine('106.48, 20.69\n\nnonsense\n20.70, 106.49\n', VINH_BAO)).toEqual({
    positions: [
      [106.48, 20.69],
      [106.49, 20.7],
    ],
    badLines: [3],
  });
});
