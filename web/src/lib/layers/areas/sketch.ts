import type { Look } from '$lib/map/look';
import type { Drawn } from '../card';
import { requestLayers } from '../lines/request';

/** A shape that is being entered: as requests are drawn, and an area is filled. */
export const sketchLayers = (source: string, look: Look): Drawn[] => [
  {
    slot: 'areas',
    spec: {
      id: `${source}-fill`,
      type: 'fill',
      source,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': look.ground.accent, 'fill-opacity': 0.15 },
    },
  },
  ...requestLayers(source, look, source),
];
