import type { Look } from '$lib/map/look';
import { LABEL_FONT } from '$lib/map/look';
import type { Drawn } from '../card';

/** The communes around: greyed, so that the eye stays on the own one. */
export function neighbourLayers(source: string, { ground }: Look): Drawn[] {
  return [
    { slot: 'ground', spec: { id: 'neighbours', type: 'fill', source, paint: { 'fill-color': ground.outside } } },
    {
      slot: 'ground',
      spec: {
        id: 'neighbour-edges',
        type: 'line',
        source,
        paint: { 'line-color': ground.boundary, 'line-opacity': 0.35, 'line-width': 1, 'line-dasharray': [4, 3] },
      },
    },
  ];
}

/** Names of the communes around. */
export function neighbourLabels(source: string, { ground }: Look): Drawn[] {
  return [
    {
      slot: 'names',
      spec: {
        id: 'neighbour-names',
        type: 'symbol',
        source,
        maxzoom: 15,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': LABEL_FONT,
          'text-size': 14,
          'text-letter-spacing': 0.08,
          'text-padding': 6,
        },
        paint: { 'text-color': ground.quietLabel, 'text-halo-color': ground.outside, 'text-halo-width': 1.5, 'text-opacity': 0.9 },
      },
    },
  ];
}

/** The outline of the commune. */
export function boundaryLayers(source: string, { ground }: Look): Drawn[] {
  return [
    { slot: 'ground', spec: { id: 'boundary-fill', type: 'fill', source, paint: { 'fill-color': ground.land } } },
    {
      slot: 'lines',
      spec: {
        id: 'boundary-glow',
        type: 'line',
        source,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': ground.boundary, 'line-width': 5, 'line-opacity': 0.14 },
      },
    },
    {
      slot: 'lines',
      spec: {
        id: 'boundary',
        type: 'line',
        source,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': ground.boundary, 'line-width': 1.4, 'line-dasharray': [6, 2, 1, 2] },
      },
    },
  ];
}
