import type { FeatureCollection } from 'geojson';
import type { PlanCollection } from '$lib/api/model';
import { anchorOf } from '$lib/map/box';

/** One point for each feature, where its label belongs, with its properties. */
export function labelPoints(collection: PlanCollection): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: collection.features.flatMap(({ geometry, properties }) => {
      const at = anchorOf(geometry);
      return at ? [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: at } }] : [];
    }),
  };
}
