import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { STRONG_LABEL_FONT, type Look } from '$lib/map/look';
import type { Drawn } from '../card';

export const collect = (features: Feature<Geometry | null>[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: features.filter((feature): feature is Feature => feature.geometry !== null),
});

/** Rings points and underlays lines in one colour: what is selected, or what a finding cites. */
export function pointedLayers(source: string, look: Look, colour: string): Drawn[] {
  return [
    {
      slot: 'lines',
      spec: {
        id: `${source}-line`,
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': colour, 'line-width': 10, 'line-opacity': 0.4 },
      },
    },
    {
      slot: 'overlay',
      spec: {
        id: `${source}-ring`,
        type: 'circle',
        source,
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 10, 16, 16],
          'circle-color': colour,
          'circle-opacity': 0.12,
          'circle-stroke-color': colour,
          'circle-stroke-width': 2.6,
        },
      },
    },
    {
      slot: 'labels',
      spec: {
        id: `${source}-name`,
        type: 'symbol',
        source,
        layout: {
          'text-field': ['to-string', ['get', 'code']],
          'text-font': STRONG_LABEL_FONT,
          'text-size': 14,
          'text-anchor': 'left',
          'text-offset': [1.35, 0],
          'text-allow-overlap': true,
        },
        paint: { 'text-color': colour, 'text-halo-color': look.ground.halo, 'text-halo-width': 2.2 },
      },
    },
  ];
}
