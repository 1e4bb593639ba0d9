import type { Map as MapLibre } from 'maplibre-gl';
import { getContext, setContext } from 'svelte';
import { SLOTS, type Slot } from '$lib/layers/card';

const MAP = Symbol('map');

/** Hands the loaded map to the layers inside it. */
export const provideMap = (map: MapLibre): MapLibre => setContext(MAP, map);

/** The map that a layer is drawn on. */
export const theMap = (): MapLibre => getContext<MapLibre>(MAP);

/** An empty layer that ends each slot; a slot's layers are put in below it. */
export const slotEnd = (slot: Slot): string => `end-of-${slot}`;

/** The empty layers of every slot, from the bottom up. */
export function addSlots(map: MapLibre): void {
  for (const slot of SLOTS) map.addLayer({ id: slotEnd(slot), type: 'background', layout: { visibility: 'none' } });
}
