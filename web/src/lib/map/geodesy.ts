import type { Position } from 'geojson';

/** WGS 84 semi-major axis in metres. Source: NIMA TR8350.2. */
const SEMI_MAJOR_M = 6_378_137;
/** WGS 84 flattening. Source: NIMA TR8350.2. */
const FLATTENING = 1 / 298.257223563;

/**
 * The length of a line on the ground, in metres, for display while drawing; the server measures what is judged.
 *
 * Sums mid-latitude distances on the ellipsoid: within 1 cm over 10 km at the latitudes of Vietnam.
 */
export function lineLength(positions: Position[]): number {
  let metres = 0;
  for (let index = 1; index < positions.length; index += 1) metres += distance(positions[index - 1]!, positions[index]!);
  return metres;
}

/** The distance between two near positions, in metres, from the ellipsoid's radii of curvature at mid-latitude. */
export function distance(from: Position, to: Position): number {
  const latitude = radians((from[1]! + to[1]!) / 2);
  const squaredEccentricity = FLATTENING * (2 - FLATTENING);
  const root = Math.sqrt(1 - squaredEccentricity * Math.sin(latitude) ** 2);
  const meridional = (SEMI_MAJOR_M * (1 - squaredEccentricity)) / root ** 3;
  const transverse = SEMI_MAJOR_M / root;
  const north = radians(to[1]! - from[1]!) * meridional;
  const east = radians(to[0]! - from[0]!) * transverse * Math.cos(latitude);
  return Math.hypot(north, east);
}

/**
 * The area inside a ring of corners, in square metres, for display while drawing; the closing corner may be left out.
 *
 * A plane through the first corner with the ellipsoid's scale at the ring's middle latitude: within 0.1 % over 10 km.
 */
export function ringArea(ring: Position[]): number {
  if (ring.length < 3) return 0;
  const latitudes = ring.map(([, lat]) => lat!);
  const middle = (Math.min(...latitudes) + Math.max(...latitudes)) / 2;
  const [lon, lat] = ring[0]!;
  const perDegree = distance([lon!, middle - 0.005], [lon!, middle + 0.005]) * 100;
  const perDegreeEast = distance([lon! - 0.005, middle], [lon! + 0.005, middle]) * 100;
  const corners = ring.map((corner) => [(corner[0]! - lon!) * perDegreeEast, (corner[1]! - lat!) * perDegree] as const);
  const twice = corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** How many metres one pixel shows at a latitude and a zoom (tiles of 512 pixels). */
export function metresPerPixel(latitude: number, zoom: number): number {
  return (2 * Math.PI * SEMI_MAJOR_M * Math.cos(radians(latitude))) / (512 * 2 ** zoom);
}

/** A ring of 64 corners around a position, for drawing an accuracy to scale. */
export function circle([lon, lat]: Position, radius_m: number): Position[] {
  const perDegree = distance([lon!, lat! - 0.005], [lon!, lat! + 0.005]) * 100;
  const perDegreeEast = distance([lon! - 0.005, lat!], [lon! + 0.005, lat!]) * 100;
  return Array.from({ length: 65 }, (_, corner) => {
    const angle = ((corner % 64) / 64) * 2 * Math.PI;
    return [lon! + (Math.cos(angle) * radius_m) / perDegreeEast, lat! + (Math.sin(angle) * radius_m) / perDegree];
  });
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
