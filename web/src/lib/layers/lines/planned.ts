import { LABEL_FONT, type Look } from '$lib/map/look';
import { PLAN_HUE } from '$lib/map/palette';
import type { Drawn } from '../card';

/** Objects of the plan: dashed, in a hue of their own, parallel to what stands. */
export function plannedLayers(source: string, { theme, ground }: Look): Drawn[] {
  const hue = PLAN_HUE[theme].planned;
  return [
    {
      slot: 'lines',
      spec: {
        id: 'planned-lines',
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        paint: { 'line-color': hue, 'line-width': 2.4, 'line-dasharray': [2, 1.6] },
      },
    },
    {
      slot: 'points',
      spec: {
        id: 'planned-points',
        type: 'circle',
        source,
        filter: ['==', ['geometry-type'], 'Point'],
        paint: { 'circle-radius': 6, 'circle-color': ground.halo, 'circle-stroke-color': hue, 'circle-stroke-width': 2 },
      },
    },
    {
      slot: 'names',
      spec: {
        id: 'planned-names',
        type: 'symbol',
        source,
        minzoom: 13.5,
        layout: {
          'text-field': ['to-string', ['get', 'code']],
          'text-font': LABEL_FONT,
          'text-size': 13,
          'text-anchor': 'top',
          'text-offset': [0, 0.6],
        },
        paint: { 'text-color': hue, 'text-halo-color': ground.halo, 'text-halo-width': 1.6 },
      },
    },
  ];
}
