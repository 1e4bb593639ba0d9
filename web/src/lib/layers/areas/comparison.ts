import type { FeatureCollection } from 'geojson';
import type { ComparedGroup } from '$lib/api/model';
import type { Look } from '$lib/map/look';
import { FIBRE, REACH } from '$lib/map/palette';
import type { Drawn } from '../card';

/** Where sources contradict each other, and where they agree. */
export const comparedAreas = (groups: ComparedGroup[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: groups.map(({ contradiction, geometry }, index) => ({
    type: 'Feature',
    properties: { contradiction: contradiction ?? '', index },
    geometry,
  })),
});

/** Promises that were not kept are red, what only the model or the operator says ochre, what agrees pale. */
export function comparisonLayers(source: string, { theme, ground }: Look, pointed: number): Drawn[] {
  const { gap, cannot_tell } = FIBRE[theme];
  return [
    {
      slot: 'areas',
      spec: {
        id: 'comparison-areas',
        type: 'fill',
        source,
        paint: {
          'fill-color': [
            'match', ['get', 'contradiction'],
            ['declared_not_measured', 'modelled_not_measured'], gap,
            '', REACH[theme].limited,
            cannot_tell,
          ],
          'fill-opacity': ['case', ['==', ['get', 'index'], pointed], 0.85, 0.5],
          'fill-antialias': false,
        },
      },
    },
    {
      slot: 'lines',
      spec: {
        id: 'comparison-edges',
        type: 'line',
        source,
        filter: ['==', ['get', 'index'], pointed],
        paint: { 'line-color': ground.accent, 'line-width': 1 },
      },
    },
  ];
}
