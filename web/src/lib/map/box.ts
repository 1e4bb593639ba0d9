import type { Geometry, Position } from 'geojson';

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number];

/** Every position of a geometry, in order. */
export function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates;
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positionsOf);
  }
}

/** The smallest box around geometries; null when they have no position. */
export function boxOf(geometries: Geometry[]): Box | null {
  const positions = geometries.flatMap(positionsOf);
  if (positions.length === 0) return null;
  const [lons, lats] = [positions.map(([lon]) => lon!), positions.map(([, lat]) => lat!)];
  const least = (values: number[]) => values.reduce((low, value) => Math.min(low, value), Infinity);
  const most = (values: number[]) => values.reduce((high, value) => Math.max(high, value), -Infinity);
  return [least(lons), least(lats), most(lons), most(lats)];
}

/** Where a geometry's label or marker belongs: a point itself, the middle of a line, the centroid of the largest ring. */
export function anchorOf(geometry: Geometry): Position | null {
  if (geometry.type === 'Polygon') return centroid(geometry.coordinates[0] ?? []);
  if (geometry.type === 'MultiPolygon') {
    const rings = geometry.coordinates.map(([outer]) => outer ?? []);
    return centroid(rings.sort((a, b) => Math.abs(doubleArea(b)) - Math.abs(doubleArea(a)))[0] ?? []);
  }
  const positions = positionsOf(geometry);
  return positions[Math.floor((positions.length - 1) / 2)] ?? null;
}

function centroid(ring: Position[]): Position | null {
  const area = doubleArea(ring);
  const origin = ring[0];
  if (!origin) return null;
  if (area === 0) return origin;
  let [lon, lat] = [0, 0];
  forEdges(ring, (x0, y0, x1, y1) => {
    lon += (x0 + x1) * (x0 * y1 - x1 * y0);
    lat += (y0 + y1) * (x0 * y1 - x1 * y0);
  });
  return [origin[0]! + lon / (3 * area), origin[1]! + lat / (3 * area)];
}

function doubleArea(ring: Position[]): number {
  let area = 0;
  forEdges(ring, (x0, y0, x1, y1) => {
    area += x0 * y1 - x1 * y0;
  });
  return area;
}

/** Walks the edges with coordinates from the ring's first corner, so that no precision is lost. */
function forEdges(ring: Position[], visit: (x0: number, y0: number, x1: number, y1: number) => void): void {
  const [lon, lat] = ring[0] ?? [0, 0];
  for (let index = 1; index < ring.length; index += 1) {
    const [from, to] = [ring[index - 1]!, ring[index]!];
    visit(from[0]! - lon!, from[1]! - lat!, to[0]! - lon!, to[1]! - lat!);
  }
}
