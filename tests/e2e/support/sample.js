import { readFileSync } from 'node:fs';

const FOLDER = new URL('../../../sample-data/', import.meta.url);

const read = (path) => JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));

/** A request that the sample data tells to try. */
export function sampleRequest(name) {
  const { properties, geometry } = read(`requests/${name}.geojson`);
  return { ...properties, positions: geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates };
}

/** Every asset of a class as the sample data holds it: with its exact position. */
export const sampleAssets = (name) => read(`assets/${name}.geojson`).features;

export const samplePlan = (name) => read(`plan/${name}.geojson`).features;
