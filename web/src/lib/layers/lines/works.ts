import type { Look } from '$lib/map/look';
import { PLAN_HUE } from '$lib/map/palette';
import type { Drawn } from '../card';

/** Civil works that other sectors have announced: a broad band with cross strokes. */
export function worksLayers(source: string, { theme }: Look): Drawn[] {
  const hue = PLAN_HUE[theme].works;
  return [
    { slot: 'lines', spec: { id: 'works-band', type: 'line', source, paint: { 'line-color': hue, 'line-width': 9, 'line-opacity': 0.22 } } },
    { slot: 'lines', spec: { id: 'works', type: 'line', source, paint: { 'line-color': hue, 'line-width': 7, 'line-dasharray': [0.25, 1.1] } } },
  ];
}
