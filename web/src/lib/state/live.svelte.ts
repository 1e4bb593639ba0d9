import type { Lonlat } from '$lib/map/coordinates';

/** The line that is being drawn, up to the pointer. */
class Live {
  positions = $state.raw<Lonlat[]>([]);
}

export const live = new Live();
