import type { FeatureCollection } from 'geojson';
import type { FibreExtension, FibreReach } from '$lib/api/model';
import type { Look } from '$lib/map/look';
import { FIBRE } from '$lib/map/palette';
import type { Drawn } from '../card';

/** Where people live, with the class of each place. */
export const fibreAreas = ({ areas }: FibreReach): FeatureCollection => ({
  type: 'FeatureCollection',
  features: Object.entries(areas).map(([name, geometry]) => ({ type: 'Feature', properties: { class: name }, geometry })),
});

export const fibreWay = (way: FibreExtension | null): FeatureCollection => ({
  type: 'FeatureCollection',
  features: (way?.legs ?? []).map(({ means, geometry }) => ({ type: 'Feature', properties: { means }, geometry })),
});

export function fibreLayers(source: string, { theme }: Look): Drawn[] {
  const hue = FIBRE[theme];
  return [
    {
      slot: 'areas',
      spec: {
        id: 'fibre-areas',
        type: 'fill',
        source,
        paint: {
          'fill-color': [
            'match', ['get', 'class'],
            'connected', hue.passed, 'passed', hue.passed, 'serviceable', hue.serviceable, 'reachable', hue.reachable,
            'cannot_tell', hue.cannot_tell, hue.gap,
          ],
          'fill-opacity': 0.62,
          'fill-antialias': false,
        },
      },
    },
  ];
}

/** What stands is drawn solid, what would be dug dashed. */
export function fibreWayLayers(source: string, { theme, ground }: Look): Drawn[] {
  const line = (id: string, trench: boolean): Drawn => ({
    slot: 'overlay',
    spec: {
      id,
      type: 'line',
      source,
      filter: [trench ? '==' : '!=', ['get', 'means'], 'new_trench'],
      layout: { 'line-cap': trench ? 'butt' : 'round', 'line-join': 'round' },
      paint: {
        'line-color': trench ? FIBRE[theme].gap : ground.accent,
        'line-width': 5,
        ...(trench ? { 'line-dasharray': [1.6, 1] } : {}),
      },
    },
  });
  return [line('fibre-way-standing', false), line('fibre-way-trench', true)];
}
