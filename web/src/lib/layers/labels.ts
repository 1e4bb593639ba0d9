import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification } from 'maplibre-gl';
import type { PlanCollection } from '$lib/api/model';
import { namesOf } from '$lib/i18n/index.svelte';
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

/** What a feature's code is called in the language in use; a code without a name stays as it is. */
export function wordOf(list: string, property = list): ExpressionSpecification {
  const code = ['to-string', ['get', property]];
  return ['match', code, ...namesOf(list).flat(), code] as unknown as ExpressionSpecification;
}
