import { STRONG_LABEL_FONT, type Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** Where people live. */
export function hamletAreas(source: string, { ground }: Look): Drawn[] {
  return [
    {
      slot: 'ground',
      spec: {
        id: 'hamlets',
        type: 'fill',
        source,
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': ground.settlement, 'fill-outline-color': ground.roadEdge },
      },
    },
  ];
}

/** Names of the hamlets; nearer, with their people. */
export function hamletLabels(source: string, { ground }: Look): Drawn[] {
  return [
    {
      slot: 'names',
      spec: {
        id: 'hamlet-names',
        type: 'symbol',
        source,
        minzoom: 11,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': STRONG_LABEL_FONT,
          'text-size': ['interpolate', ['linear'], ['zoom'], 11, 13, 15, 15.5],
          'text-padding': 3,
          'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
          'text-radial-offset': 0.9,
          'text-max-width': 8,
          'symbol-sort-key': ['-', 0, ['to-number', ['get', 'people']]],
        },
        paint: { 'text-color': ground.label, 'text-halo-color': ground.halo, 'text-halo-width': 1.8 },
      },
    },
  ];
}
