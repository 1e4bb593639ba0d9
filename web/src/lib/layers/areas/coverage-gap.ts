import type { FeatureCollection } from 'geojson';
import type { Gap } from '$lib/api/model';
import { STRONG_LABEL_FONT, type Look } from '$lib/map/look';
import { REACH } from '$lib/map/palette';
import type { Drawn } from '../card';

/** The layer that answers a click on a gap. */
export const GAP_LAYER = 'coverage-gaps';

/** The gaps whose outline the viewer may see, as areas. */
export function gapAreas(gaps: Gap[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: gaps.flatMap(({ id, geometry }) => (geometry ? [{ type: 'Feature' as const, properties: { id }, geometry }] : [])),
  };
}

/** One point a gap, where its rank is written. */
export function gapRanks(gaps: Gap[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: gaps.map(({ id, rank, centre }) => ({
      type: 'Feature',
      properties: { id, rank },
      geometry: { type: 'Point', coordinates: centre },
    })),
  };
}

/** Gaps: hatched by outline only, so that what lies below stays visible; the selected one is filled stronger. */
export function gapLayers(source: string, { theme }: Look, selected: string | null): Drawn[] {
  const hue = REACH[theme].gap;
  const isSelected = ['==', ['get', 'id'], selected ?? ''] as ['==', ['get', string], string];
  return [
    {
      slot: 'areas',
      spec: {
        id: GAP_LAYER,
        type: 'fill',
        source,
        paint: { 'fill-color': hue, 'fill-opacity': ['case', isSelected, 0.4, 0.16] },
      },
    },
    {
      slot: 'lines',
      spec: {
        id: 'coverage-gap-edges',
        type: 'line',
        source,
        paint: { 'line-color': hue, 'line-width': ['case', isSelected, 3, 1.4] },
      },
    },
  ];
}

export function gapLabels(source: string, { theme, ground }: Look): Drawn[] {
  return [
    {
      slot: 'labels',
      spec: {
        id: 'coverage-gap-ranks',
        type: 'symbol',
        source,
        layout: {
          'text-field': ['to-string', ['get', 'rank']],
          'text-font': STRONG_LABEL_FONT,
          'text-size': 17,
          'text-offset': [0, -1.1],
          'symbol-sort-key': ['get', 'rank'],
        },
        paint: { 'text-color': REACH[theme].gap, 'text-halo-color': ground.halo, 'text-halo-width': 2.4 },
      },
    },
  ];
}
