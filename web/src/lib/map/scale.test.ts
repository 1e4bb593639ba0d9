import { createExpression } from '@maplibre/maplibre-gl-style-spec';
import { expect, it } from 'vitest';
import { metresPerPixel } from './geodesy';
import { metresAsPixels, scaleBar } from './scale';

it.each([10, 13, 16, 18.5])('a scale bar is round and fits at zoom %d', (zoom) => {
  const { metres, pixels } = scaleBar(20.69, zoom, 120);
  expect([1, 2, 5]).toContain(Number(String(metres)[0]));
  expect(String(metres)).toMatch(/^[125]0*$/);
  expect(pixels).toBeLessThanOrEqual(120);
  expect(pixels).toBeGreaterThan(120 / 2.6);
  expect(pixels * metresPerPixel(20.69, zoom)).toBeCloseTo(metres, 6);
});

it.each([0, 11.5, 15, 20])('a radius in metres is true to scale at zoom %d', (zoom) => {
  const compiled = createExpression(metresAsPixels(250, 20.69), 'paint.circle-radius');
  if (compiled.result !== 'success') throw new Error('the expression does not compile');
  expect(compiled.value.evaluate({ zoom })).toBeCloseTo(250 / metresPerPixel(20.69, zoom), 4);
});
