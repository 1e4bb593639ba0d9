import type { Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** What is asked to be built: a cross-hair for a point, a strong dashed line for a line. */
export function requestLayers(source: string, { ground }: Look, name = 'request'): Drawn[] {
  const isPoint: ['==', ['geometry-type'], string] = ['==', ['geometry-type'], 'Point'];
  return [
    {
      slot: 'overlay',
      spec: {
        id: `${name}-line-edge`,
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': ground.halo, 'line-width': 7 },
      },
    },
    {
      slot: 'overlay',
      spec: {
        id: `${name}-line`,
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': ground.accent, 'line-width': 4, 'line-dasharray': [2, 0.8] },
      },
    },
    {
      slot: 'overlay',
      spec: {
        id: `${name}-point`,
        type: 'circle',
        source,
        filter: isPoint,
        paint: { 'circle-radius': 9, 'circle-color': ground.halo, 'circle-opacity': 0.7, 'circle-stroke-color': ground.accent, 'circle-stroke-width': 3 },
      },
    },
    {
      slot: 'overlay',
      spec: { id: `${name}-core`, type: 'circle', source, filter: isPoint, paint: { 'circle-radius': 2.6, 'circle-color': ground.accent } },
    },
  ];
}
