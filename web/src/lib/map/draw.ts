import type { Map as MapLibre } from 'maplibre-gl';
import type { Position } from 'geojson';
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPointMode, TerraDrawPolygonMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { live } from '$lib/state/live.svelte';
import type { Lonlat } from './coordinates';
import type { ShapeKind } from './shapes';

/** What hosts a line: its ends and bends jump to these. */
const SNAPS_TO = ['asset:mast', 'asset:pole', 'asset:manhole', 'asset:cabinet', 'asset:host'];
const SNAP_PX = 14;

/** Six-digit colour, as terra-draw wants it. */
type Hex = `#${string}`;

/** Something being drawn on the map. */
export interface Drawing {
  stop: () => void;
}

export interface DrawingEvents {
  /** The shape so far, with the position under the pointer. */
  onchange: (positions: Lonlat[]) => void;
  onfinish: (positions: Lonlat[]) => void;
}

/** How terra-draw calls its ways of drawing. */
const MODES: Record<ShapeKind, string> = { Point: 'point', LineString: 'linestring', Polygon: 'polygon' };

/**
 * Starts drawing; a line snaps to poles, manholes and masts. Enter ends it, Escape begins anew. Until it stops, the
 * drawing has the pointer: nothing on the map is selected.
 */
export function startDrawing(map: MapLibre, geometry: ShapeKind, colour: string, events: DrawingEvents): Drawing {
  const hue = colour as Hex;
  const styles = { lineStringColor: hue, lineStringWidth: 3, closingPointColor: hue, snappingPointColor: hue, coordinatePointColor: hue } as const;
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 7 }),
    modes: [
      new TerraDrawPointMode({ styles: { pointColor: hue, pointWidth: 6 } }),
      new TerraDrawLineStringMode({
        styles,
        showCoordinatePoints: true,
        snapping: { toCustom: (event) => nearestSnap(map, event.lng, event.lat) },
      }),
      new TerraDrawPolygonMode({
        styles: { fillColor: hue, fillOpacity: 0.15, outlineColor: hue, outlineWidth: 3, closingPointColor: hue, coordinatePointColor: hue },
        showCoordinatePoints: true,
      }),
    ],
  });
  const read = (): Lonlat[] => {
    const [shape] = draw.getSnapshot().filter((feature) => feature.geometry.type === geometry);
    if (!shape) return [];
    const { coordinates } = shape.geometry;
    if (geometry === 'Polygon') return (coordinates as Lonlat[][])[0]!.slice(0, -1);
    return (geometry === 'Point' ? [coordinates] : coordinates) as Lonlat[];
  };
  draw.start();
  draw.setMode(MODES[geometry]);
  live.kind = geometry;
  draw.on('change', () => events.onchange(read()));
  draw.on('finish', () => events.onfinish(withoutRepeats(read())));
  return {
    stop: () => {
      live.kind = null;
      live.positions = [];
      if (draw.enabled) draw.stop();
    },
  };
}

function nearestSnap(map: MapLibre, lng: number, lat: number): Position | undefined {
  const { x, y } = map.project([lng, lat]);
  const layers = SNAPS_TO.filter((id) => map.getLayer(id));
  const near = map
    .queryRenderedFeatures([[x - SNAP_PX, y - SNAP_PX], [x + SNAP_PX, y + SNAP_PX]], { layers })
    .flatMap(({ geometry, properties }) => (geometry.type === 'Point' && !properties.generalised ? [geometry.coordinates] : []))
    .map((position) => {
      const pixel = map.project([position[0]!, position[1]!]);
      return { position, distance: Math.hypot(pixel.x - x, pixel.y - y) };
    })
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.position;
}

/** A double click leaves its position twice. */
function withoutRepeats(positions: Lonlat[]): Lonlat[] {
  return positions.filter(([lon, lat], index) => {
    const before = positions[index - 1];
    return !before || before[0] !== lon || before[1] !== lat;
  });
}
