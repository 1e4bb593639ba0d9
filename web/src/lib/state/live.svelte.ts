import type { Lonlat } from '$lib/map/coordinates';
import type { ShapeKind } from '$lib/map/shapes';

/** What is being drawn on the map, by whichever desk. */
class Live {
  /** The kind of shape; null while nothing is being drawn and the pointer is the map's own. */
  kind = $state<ShapeKind | null>(null);
  /** The shape so far, up to the pointer. */
  positions = $state.raw<Lonlat[]>([]);
}

export const live = new Live();
