import type { Map as MapLibre, PaddingOptions } from 'maplibre-gl';
import type { Geometry, Position } from 'geojson';
import { boxOf } from '$lib/map/box';

/** The one map, once it stands. */
class Stage {
  map = $state.raw<MapLibre | null>(null);
  /** The map cannot be drawn in this browser. */
  broken = $state(false);
}

export const stage = new Stage();

/** Flies to a position, not further out than `zoom`. */
export function flyTo(centre: Position, zoom = 16): void {
  const map = stage.map;
  map?.flyTo({ center: [centre[0]!, centre[1]!], zoom: Math.max(zoom, map.getZoom()), duration: 900 });
}

/** Shows the whole of a geometry. */
export function flyToAll(geometries: Geometry[], maxZoom = 16.5, padding: number | PaddingOptions = 64): void {
  const box = boxOf(geometries);
  if (box) stage.map?.fitBounds(box, { padding, maxZoom, duration: 900 });
}
