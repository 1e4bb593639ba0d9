import { expect, it } from 'vitest';
import { circle, distance, lineLength, metresPerPixel, ringArea } from './geodesy';

// Expected metres by Vincenty's inverse formula on WGS 84.
it.each([
  ['north', [106.48, 20.69], [106.48, 20.7], 1107.131],
  ['east', [106.48, 20.69], [106.49, 20.69], 1041.836],
])('a hundredth of a degree %s is measured on the ellipsoid', (_, from, to, metres) => {
  expect(distance(from, to)).toBeCloseTo(metres, 2);
});

it('a line is as long as its parts', () => {
  const [a, b, c] = [[106.48, 20.69], [106.481, 20.69], [106.481, 20.692]] as const;
  expect(lineLength([[...a], [...b], [...c]])).toBeCloseTo(distance([...a], [...b]) + distance([...b], [...c]), 9);
  expect(lineLength([[...a]])).toBe(0);
});

it('a pixel shows half as many metres one zoom further in', () => {
  expect(metresPerPixel(20.69, 14) / metresPerPixel(20.69, 15)).toBeCloseTo(2, 9);
});

it('every corner of an accuracy ring lies at its radius', () => {
  for (const corner of circle([106.48, 20.69], 250)) expect(distance([106.48, 20.69], corner)).toBeCloseTo(250, 0);
});

it('a ring of 64 corners holds what its triangles hold, whichever way it runs', () => {
  const ring = circle([106.48, 20.69], 1000);
  const triangles = 32 * Math.sin((2 * Math.PI) / 64) * 1000 ** 2;
  expect(ringArea(ring) / triangles).toBeCloseTo(1, 3);
  expect(ringArea([...ring].reverse())).toBeCloseTo(ringArea(ring), 3);
  expect(ringArea(ring.slice(0, -1))).toBeCloseTo(ringArea(ring), 3);
  expect(ringArea(ring.slice(0, 2))).toBe(0);
});
