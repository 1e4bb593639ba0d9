/** Size of the world at zoom 0 as the map counts it, in pixels. */
const WORLD_PX = 512;

/** Web Mercator: longitude and latitude in degrees to pixels of the world at a zoom. */
function worldPixels([lon, lat], zoom) {
  const size = WORLD_PX * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return { x: size * (lon / 360 + 0.5), y: size * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) };
}

/** Where a position lies from the middle of the map, in pixels. */
export function pixelsFromCentre(position, { lon, lat, zoom }) {
  const there = worldPixels(position, zoom);
  const centre = worldPixels([lon, lat], zoom);
  return { x: there.x - centre.x, y: there.y - centre.y };
}

/** Metres between two near positions, good to 1 % within a commune. */
export function metresBetween([lonA, latA], [lonB, latB]) {
  const degree_m = 111_200;
  const eastwards = (lonB - lonA) * degree_m * Math.cos((latA * Math.PI) / 180);
  return Math.hypot(eastwards, (latB - latA) * degree_m);
}
