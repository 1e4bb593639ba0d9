import type { FeatureCollection } from 'geojson';
import type { AssetFeature } from '$lib/api/model';
import { circle } from '$lib/map/geodesy';
import { byOwner, type Look } from '$lib/map/look';
import type { Drawn } from '../card';

/** A ring to scale around each surveyed point: the asset stands inside it with 95 % probability. */
export function accuracyRings(assets: AssetFeature[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: assets.flatMap(({ geometry, properties }) => {
      const { accuracy_m, owner, generalised } = properties;
      if (geometry.type !== 'Point' || generalised || !accuracy_m) return [];
      const ring = circle(geometry.coordinates, accuracy_m);
      return [{ type: 'Feature' as const, properties: { owner }, geometry: { type: 'Polygon' as const, coordinates: [ring] } }];
    }),
  };
}

export function accuracyLayers(source: string, look: Look): Drawn[] {
  return [
    { slot: 'areas', spec: { id: `${source}-fill`, type: 'fill', source, paint: { 'fill-color': byOwner(look), 'fill-opacity': 0.12 } } },
    { slot: 'areas', spec: { id: `${source}-edge`, type: 'line', source, paint: { 'line-color': byOwner(look), 'line-opacity': 0.6, 'line-width': 1 } } },
  ];
}
