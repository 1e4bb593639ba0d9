import type { Map as MapLibre } from 'maplibre-gl';
import type { Position } from 'geojson';
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPointMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Lonlat } from './coordinates';

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
  /** The line so far, with the position under the pointer. */
  onchange: (positions: Lonlat[]) => void;
  onfinish: (positions: Lonlat[]) => void;
}

/** Starts drawing a point or a line; a line snaps to poles, manholes and masts. Enter ends it, Escape begins anew. */
export function startDrawing(map: MapLibre, geometry: 'Point' | 'LineString', colour: string, events: DrawingEvents): Drawing {
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
    ],
  });
  const read = (): Lonlat[] => {
    const [shape] = draw.getSnapshot().filter((feature) => feature.geometry.type === geometry);
    if (!shape) return [];
    const { coordinates } = shape.geometry;
    return (geometry === 'Point' ? [coordinates] : coordinates) as Lonlat[];
  };
  draw.start();
  draw.setMode(geometry === 'Point' ? 'point' : 'linestring');
  draw.on('change', () => events.onchange(read()));
  draw.on('finish', () => events.onfinish(withoutRepeats(read())));
  return {
    stop: () => {
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
