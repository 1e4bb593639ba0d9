import type { ExpressionSpecification } from 'maplibre-gl';
import { LABEL_FONT, type Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** How broad a road is drawn, by its kind, in pixels at zooms 11 and 16. */
const BREADTHS: Record<string, [number, number]> = { national: [3, 11], provincial: [2.2, 8.5], district: [1.8, 7.5] };
const OTHER_BREADTH: [number, number] = [1, 5.5];

function breadth(extra: number): ExpressionSpecification {
  const at = (end: 0 | 1): ExpressionSpecification => {
    const pairs = Object.entries(BREADTHS).flatMap(([kind, widths]) => [kind, widths[end] + extra]);
    return ['match', ['to-string', ['get', 'kind']], ...pairs, OTHER_BREADTH[end] + extra] as unknown as ExpressionSpecification;
  };
  return ['interpolate', ['exponential', 1.5], ['zoom'], 11, at(0), 16, at(1)];
}

/** Roads: an edge below and the surface above. */
export function roadLayers(source: string, { ground }: Look): Drawn[] {
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    { slot: 'ground', spec: { id: 'road-edges', type: 'line', source, layout, paint: { 'line-color': ground.roadEdge, 'line-width': breadth(1.4) } } },
    { slot: 'ground', spec: { id: 'roads', type: 'line', source, layout, paint: { 'line-color': ground.road, 'line-width': breadth(0) } } },
    {
      slot: 'names',
      spec: {
        id: 'road-names',
        type: 'symbol',
        source,
        minzoom: 12.5,
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 420,
          'text-field': ['to-string', ['get', 'name']],
          'text-font': LABEL_FONT,
          'text-size': 13,
          'text-max-angle': 30,
        },
        paint: { 'text-color': ground.quietLabel, 'text-halo-color': ground.halo, 'text-halo-width': 1.6 },
      },
    },
  ];
}
