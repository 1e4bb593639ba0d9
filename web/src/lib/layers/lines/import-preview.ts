import type { Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** What an import would do, by shape of the mark as well as by colour: new full, changed ringed, given up crossed out pale. */
export function importLayers(source: string, { ground }: Look): Drawn[] {
  const action: ['get', string] = ['get', 'action'];
  return [
    {
      slot: 'overlay',
      spec: {
        id: 'import-line',
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': ground.accent, 'line-width': 4, 'line-opacity': ['match', action, 'unchanged', 0.35, 'missing', 0.5, 1] },
      },
    },
    {
      slot: 'overlay',
      spec: {
        id: 'import-point',
        type: 'circle',
        source,
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': ['match', action, 'unchanged', 4, 7],
          'circle-color': ['match', action, 'added', ground.accent, ground.halo],
          'circle-opacity': ['match', action, 'missing', 0.4, 'unchanged', 0.6, 1],
          'circle-stroke-color': ground.accent,
          'circle-stroke-width': 2.4,
        },
      },
    },
  ];
}
