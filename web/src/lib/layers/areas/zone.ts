import { wordOf } from '../labels';
import { LABEL_FONT, type Look } from '$lib/map/look';
import { PLAN_HUE } from '$lib/map/palette';
import type { Drawn } from '../card';

/** Zones of the plan in which rules differ. */
export function zoneLayers(source: string, { theme, ground }: Look): Drawn[] {
  const hue = PLAN_HUE[theme].zone;
  return [
    { slot: 'areas', spec: { id: 'zones', type: 'fill', source, paint: { 'fill-color': hue, 'fill-opacity': 0.08 } } },
    {
      slot: 'areas',
      spec: { id: 'zone-edges', type: 'line', source, paint: { 'line-color': hue, 'line-width': 1.3, 'line-dasharray': [1.5, 2] } },
    },
    {
      slot: 'names',
      spec: {
        id: 'zone-names',
        type: 'symbol',
        source,
        minzoom: 12,
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 600,
          'text-field': ['coalesce', ['get', 'name'], wordOf('zone')],
          'text-font': LABEL_FONT,
          'text-size': 13,
          'text-offset': [0, -0.8],
        },
        paint: { 'text-color': hue, 'text-halo-color': ground.halo, 'text-halo-width': 1.6 },
      },
    },
  ];
}
