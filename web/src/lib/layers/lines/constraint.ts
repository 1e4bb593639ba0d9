import { wordOf } from '../labels';
import { LABEL_FONT, type Look } from '$lib/map/look';
import { PLAN_HUE } from '$lib/map/palette';
import type { Drawn } from '../card';

/** What other sectors have and others must keep clear of: dykes, canals, fairways, railways, power lines, bridges, pipes. */
export function constraintLayers(source: string, { theme, ground }: Look): Drawn[] {
  const hue = PLAN_HUE[theme].zone;
  return [
    {
      slot: 'lines',
      spec: { id: 'constraints', type: 'line', source, minzoom: 12, paint: { 'line-color': hue, 'line-width': 2.2, 'line-dasharray': [4, 1, 1, 1] } },
    },
    {
      slot: 'names',
      spec: {
        id: 'constraint-names',
        type: 'symbol',
        source,
        minzoom: 14,
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 500,
          'text-field': ['coalesce', ['get', 'name'], wordOf('planPart', 'layer')],
          'text-font': LABEL_FONT,
          'text-size': 13,
        },
        paint: { 'text-color': hue, 'text-halo-color': ground.halo, 'text-halo-width': 1.6 },
      },
    },
  ];
}
