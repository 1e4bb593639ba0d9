import { expect, it } from 'vitest';
import type { Lonlat } from './coordinates';
import { positionsOf, shapeOf } from './shapes';

const CORNERS: Lonlat[] = [[106.48, 20.68], [106.49, 20.68], [106.49, 20.69]];

it('an area closes itself and is read back without its closing corner', () => {
  const area = shapeOf('Polygon', CORNERS)!;
  expect(area).toEqual({ type: 'Polygon', coordinates: [[...CORNERS, CORNERS[0]]] });
  expect(positionsOf(area)).toEqual(CORNERS);
});

it('too few positions are no shape yet, and two positions are no point', () => {
  expect(shapeOf('Polygon', CORNERS.slice(0, 2))).toBeNull();
  expect(shapeOf('LineString', CORNERS.slice(0, 1))).toBeNull();
  expect(shapeOf('Point', CORNERS.slice(0, 2))).toBeNull();
});

it('an area with a hole is drawn anew rather than told by its outer ring alone', () => {
  expect(positionsOf({ type: 'Polygon', coordinates: [CORNERS, CORNERS] })).toEqual([]);
});
