import type { Look } from '$lib/map/look';
import { REACH } from '$lib/map/palette';
import type { Drawn } from '../card';

/** Where the model expects a signal: likely dark, limited paler, none left blank. */
export function coverageLayers(source: string, { theme }: Look): Drawn[] {
  const { likely, limited } = REACH[theme];
  return [
    {
      slot: 'areas',
      spec: {
        id: 'coverage',
        type: 'fill',
        source,
        'source-layer': 'coverage',
        filter: ['in', ['get', 'level'], ['literal', ['likely', 'limited']]],
        paint: {
          'fill-color': ['match', ['get', 'level'], 'likely', likely, limited],
          'fill-opacity': 0.5,
          'fill-antialias': false,
        },
      },
    },
  ];
}
