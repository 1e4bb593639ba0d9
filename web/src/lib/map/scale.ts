import type { ExpressionSpecification } from 'maplibre-gl';
import { metresPerPixel } from './geodesy';

/** A `circle-radius` of a number of metres, true to scale at every zoom. */
export function metresAsPixels(
  metres: number | ExpressionSpecification,
  latitude: number,
): ExpressionSpecification {
  const at = (zoom: number): ExpressionSpecification => ['*', metres, 1 / metresPerPixel(latitude, zoom)];
  return ['interpolate', ['exponential', 2], ['zoom'], 0, at(0), 24, at(24)];
}

export interface ScaleBar {
  /** A round number of metres. */
  metres: number;
  /** How many pixels it takes. */
  pixels: number;
}

/** The longest scale bar of 1, 2 or 5 times a power of ten that fits into a width. */
export function scaleBar(latitude: number, zoom: number, widest_px: number): ScaleBar {
  const perPixel = metresPerPixel(latitude, zoom);
  const longest = widest_px * perPixel;
  const power = 10 ** Math.floor(Math.log10(longest));
  const metres = power * (longest < 2 * power ? 1 : longest < 5 * power ? 2 : 5);
  return { metres, pixels: metres / perPixel };
}
