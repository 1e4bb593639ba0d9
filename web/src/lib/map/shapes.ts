import type { Geometry } from 'geojson';
import type { Lonlat } from './coordinates';

/** What can be drawn. */
export type ShapeKind = 'Point' | 'LineString' | 'Polygon';

const LEAST: Record<ShapeKind, number> = { Point: 1, LineString: 2, Polygon: 3 };

/** The shape that positions make up; null while they are too few or, for a point, too many. An area closes itself. */
export function shapeOf(kind: ShapeKind, positions: Lonlat[]): Geometry | null {
  if (positions.length < LEAST[kind]) return null;
  if (kind === 'Polygon') return { type: kind, coordinates: [[...positions, positions[0]!]] };
  if (kind === 'LineString') return { type: kind, coordinates: positions };
  return positions.length === 1 ? { type: kind, coordinates: positions[0]! } : null;
}

/** The positions that make a shape up, as a person would enter them; none of a shape that has several parts or holes. */
export function positionsOf(shape: Geometry): Lonlat[] {
  if (shape.type === 'Point') return [shape.coordinates as Lonlat];
  if (shape.type === 'LineString') return shape.coordinates as Lonlat[];
  if (shape.type === 'Polygon' && shape.coordinates.length === 1) return shape.coordinates[0]!.slice(0, -1) as Lonlat[];
  return [];
}
