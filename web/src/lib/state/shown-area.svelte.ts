import type { Geometry } from 'geojson';
import { flyToAll } from './stage.svelte';

/** The area that the desk of plan and rules shows on the map beside what stands there: one at a time. */
class ShownArea {
  shape = $state.raw<Geometry | null>(null);

  /** Shows an area, all of it. */
  show(shape: Geometry): void {
    this.shape = shape;
    flyToAll([shape]);
  }

  clear(): void {
    this.shape = null;
  }
}

export const shownArea = new ShownArea();
