import type { FeatureCollection } from 'geojson';
import type { ClosingChoice, ClosingSteps } from '$lib/api/model';
import { STRONG_LABEL_FONT, type Look } from '$lib/map/look';
import { REACH } from '$lib/map/palette';
import type { Wish } from '$lib/state/closing.svelte';
import type { Drawn } from '../card';

/** The layers that answer a click on an option. */
export const OPTION_LAYERS = ['closing-options', 'closing-picks'] as const;

/** What a plan would newly cover. */
export const closingArea = ({ newly_covered }: ClosingSteps): FeatureCollection => ({
  type: 'FeatureCollection',
  features: newly_covered ? [{ type: 'Feature', properties: {}, geometry: newly_covered }] : [],
});

/** Every option as a point; those that the plan picks carry their number. */
export function closingPoints(
  choices: ClosingChoice[],
  { picks }: ClosingSteps,
  wishes: ReadonlyMap<string, Wish>,
): FeatureCollection {
  const numbers = new Map(picks.map((pick) => [pick.key, pick.number]));
  const all = [...choices.filter(({ key }) => !numbers.has(key)), ...picks];
  return {
    type: 'FeatureCollection',
    features: all.map(({ key, means, at }) => ({
      type: 'Feature',
      properties: { key, means, number: numbers.get(key) ?? 0, wish: wishes.get(key) ?? '' },
      geometry: { type: 'Point', coordinates: at },
    })),
  };
}

export function closingAreaLayers(source: string, { theme }: Look): Drawn[] {
  return [
    {
      slot: 'areas',
      spec: {
        id: 'closing-area',
        type: 'fill',
        source,
        paint: { 'fill-color': REACH[theme].gained, 'fill-opacity': 0.6, 'fill-antialias': false },
      },
    },
  ];
}

export function closingPointLayers(source: string, { theme, ground }: Look, picked: string | null): Drawn[] {
  const { gained, gap } = REACH[theme];
  return [
    {
      slot: 'overlay',
      spec: {
        id: 'closing-options',
        type: 'circle',
        source,
        filter: ['==', ['get', 'number'], 0],
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 2, 13, 3.2, 15, 7],
          'circle-color': ['match', ['get', 'wish'], 'forced', ground.accent, 'forbidden', gap, ground.halo],
          'circle-stroke-color': ['match', ['get', 'wish'], 'forbidden', gap, ground.label],
          'circle-stroke-width': 1.2,
          'circle-opacity': 0.9,
        },
      },
    },
    {
      slot: 'overlay',
      spec: {
        id: 'closing-picks',
        type: 'circle',
        source,
        filter: ['<', 0, ['get', 'number']],
        paint: {
          'circle-radius': ['case', ['==', ['get', 'key'], picked ?? ''], 17, 13],
          'circle-color': ground.halo,
          'circle-stroke-color': ['match', ['get', 'means'], 'new_mast', gap, gained],
          'circle-stroke-width': 3,
        },
      },
    },
    {
      slot: 'labels',
      spec: {
        id: 'closing-numbers',
        type: 'symbol',
        source,
        filter: ['<', 0, ['get', 'number']],
        layout: {
          'text-field': ['to-string', ['get', 'number']],
          'text-font': STRONG_LABEL_FONT,
          'text-size': 14,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': ground.label, 'text-halo-color': ground.halo, 'text-halo-width': 1 },
      },
    },
  ];
}
