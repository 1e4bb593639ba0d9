import type { Lonlat } from '$lib/map/coordinates';
import type { Glimpse } from './selection.svelte';

/** An asset under the pointer, and where the pointer is in pixels of the map. */
export type Hovered = Glimpse & { x: number; y: number };

/** An empty place that was clicked, and where the click was in pixels of the map. */
export interface Place {
  position: Lonlat;
  x: number;
  y: number;
}

class Hover {
  position = $state.raw<Lonlat | null>(null);
  asset = $state.raw<Hovered | null>(null);
  /** Where somebody may want to build. */
  place = $state.raw<Place | null>(null);

  at(position: Lonlat, asset: Hovered | null): void {
    this.position = position;
    this.asset = asset;
  }

  leave(): void {
    this.position = null;
    this.asset = null;
  }
}

export const hover = new Hover();
