import { expect, it } from 'vitest';
import { anchorOf, boxOf } from './box';

it('a box holds every position of every geometry', () => {
  const box = boxOf([
    { type: 'Point', coordinates: [106.5, 20.7] },
    { type: 'LineString', coordinates: [[106.4, 20.69], [106.45, 20.75]] },
  ]);
  expect(box).toEqual([106.4, 20.69, 106.5, 20.75]);
  expect(boxOf([])).toBeNull();
});

it('the label of an area stands at the centroid of its largest part', () => {
  const square = (lon: number, side: number) => [[[lon, 20], [lon + side, 20], [lon + side, 20 + side], [lon, 20 + side], [lon, 20]]];
  const anchor = anchorOf({ type: 'MultiPolygon', coordinates: [square(106, 0.1), square(107, 0.4)] })!;
  expect(anchor[0]).toBeCloseTo(107.2, 9);
  expect(anchor[1]).toBeCloseTo(20.2, 9);
});

it('a point and a line are labelled on themselves', () => {
  expect(anchorOf({ type: 'Point', coordinates: [1, 2] })).toEqual([1, 2]);
  expect(anchorOf({ type: 'LineString', coordinates: [[0, 0], [1, 1], [2, 2]] })).toEqual([1, 1]);
});
