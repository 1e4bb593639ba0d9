import type { FeatureCollection, Position } from 'geojson';
import { STRONG_LABEL_FONT, type Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** The way from the request to a host, and in its middle a point that carries the distance and the free capacity. */
export function hostLink(from: Position, at: Position, label: string): FeatureCollection {
  const middle = [(from[0]! + at[0]!) / 2, (from[1]! + at[1]!) / 2];
  return {
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [from, at] } },
      { type: 'Feature', properties: { label }, geometry: { type: 'Point', coordinates: middle } },
    ],
  };
}

export function hostLinkLayers(source: string, { ground }: Look): Drawn[] {
  return [
    {
      slot: 'overlay',
      spec: {
        id: 'host-link',
        type: 'line',
        source,
        filter: ['==', ['geometry-type'], 'LineString'],
        layout: { 'line-cap': 'round' },
        paint: { 'line-color': ground.accent, 'line-width': 2.6, 'line-dasharray': [0.2, 2] },
      },
    },
    {
      slot: 'labels',
      spec: {
        id: 'host-link-label',
        type: 'symbol',
        source,
        filter: ['==', ['geometry-type'], 'Point'],
        layout: {
          'text-field': ['get', 'label'],
          'text-font': STRONG_LABEL_FONT,
          'text-size': 14,
          'text-max-width': 40,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': ground.accent, 'text-halo-color': ground.halo, 'text-halo-width': 3 },
      },
    },
  ];
}
