import { LABEL_FONT, type Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** Cultural houses, schools, health stations, relics and offices: small rings with their names. */
export function placeLayers(source: string, { ground }: Look): Drawn[] {
  return [
    {
      slot: 'points',
      spec: {
        id: 'places',
        type: 'circle',
        source,
        minzoom: 12.5,
        paint: {
          'circle-radius': 3.2,
          'circle-color': ground.halo,
          'circle-stroke-color': ground.quietLabel,
          'circle-stroke-width': 1.6,
        },
      },
    },
    {
      slot: 'names',
      spec: {
        id: 'place-names',
        type: 'symbol',
        source,
        minzoom: 14.5,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': LABEL_FONT,
          'text-size': 13,
          'text-anchor': 'top',
          'text-offset': [0, 0.5],
          'text-max-width': 9,
        },
        paint: { 'text-color': ground.quietLabel, 'text-halo-color': ground.halo, 'text-halo-width': 1.6 },
      },
    },
  ];
}
