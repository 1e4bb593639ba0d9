import type { Box } from '$lib/map/box';
import { get } from './client';
import type { AssetFeature, AssetPage, PlanCollection, PlanLayer, Territory } from './model';

export const fetchTerritory = (): Promise<Territory> => get('/api/v1/territory');

export const fetchPlan = (layer: PlanLayer): Promise<PlanCollection> => get(`/api/v1/plan/${layer}`);

export const fetchAsset = (id: string): Promise<AssetFeature> => get(`/api/v1/assets/${encodeURIComponent(id)}`);

/** One page of the assets that the viewer may see in a box; `after` is the `next` of the page before. */
export function fetchAssets(box: Box, classes: string[], after: string | null, signal: AbortSignal): Promise<AssetPage> {
  const query = { bbox: box.map((degree) => degree.toFixed(6)).join(','), class: classes.join(','), limit: 1000, after };
  return get('/api/v1/assets', query, signal);
}
