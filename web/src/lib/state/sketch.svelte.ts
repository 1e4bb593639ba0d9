import type { Geometry } from 'geojson';
import { readLine, writeCoordinates, type Lonlat } from '$lib/map/coordinates';
import { positionsOf, shapeOf, type ShapeKind } from '$lib/map/shapes';
import { registry } from './registry.svelte';

/** A shape that is being entered: positions as text, one a line, the same whether typed or drawn. */
export class Sketch {
  kind = $state<ShapeKind>('Point');
  text = $state('');
  drawing = $state(false);

  read = $derived(readLine(this.text, registry.box));
  shape = $derived<Geometry | null>(this.read.badLines.length === 0 ? shapeOf(this.kind, this.read.positions) : null);

  /** Begins a shape, or takes one up that is there. */
  begin(kind: ShapeKind, shape: Geometry | null = null): void {
    this.kind = kind;
    this.drawing = false;
    this.take(shape ? positionsOf(shape) : []);
  }

  take(positions: Lonlat[]): void {
    this.text = positions.map(writeCoordinates).join('\n');
  }
}
