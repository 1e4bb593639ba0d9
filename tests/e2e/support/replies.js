import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** Every asset that the server has told the page of, with the positions that it gave: from JSON and from tiles. */
export async function assetsIn(replies) {
  const found = [];
  for (const reply of replies) {
    const type = reply.headers()['content-type'] ?? '';
    const path = new URL(reply.url()).pathname;
    const bytes = reply.ok() ? await reply.body().catch(() => null) : null;
    if (!bytes || bytes.length === 0) continue;
    if (type.includes('json')) collect(JSON.parse(bytes.toString('utf8')), path, found);
    if (type.includes('vector-tile') && path.startsWith('/tiles/assets/')) found.push(...assetsOfTile(bytes, path));
  }
  return found;
}

/** Walks a JSON body; an asset is an object with an id or an asset and a geometry. */
function collect(value, path, found) {
  if (typeof value !== 'object' || value === null) return;
  const id = value.asset ?? value.id;
  if (typeof id === 'string' && value.geometry) {
    found.push({ id, path, properties: value.properties ?? value, positions: value.geometry.coordinates.flat(Infinity) });
  }
  for (const part of Object.values(value)) collect(part, path, found);
}

function assetsOfTile(bytes, path) {
  const [zoom, column, row] = path.split('/').slice(3).map((part) => parseInt(part, 10));
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.values(layers).flatMap((layer) =>
    Array.from({ length: layer.length }, (_, index) => {
      const { properties, geometry } = layer.feature(index).toGeoJSON(column, row, zoom);
      return { id: properties.id, path, properties, positions: geometry.coordinates.flat(Infinity) };
    }),
  );
}

/** Longitudes and latitudes in turn, in pairs. */
export const pairs = (numbers) => numbers.flatMap((lon, index) => (index % 2 === 0 ? [[lon, numbers[index + 1]]] : []));
