import type { Box } from '$lib/map/box';
import { get, queryText } from './client';
import type { AssetFeature, AssetPage, PastAssets, PlanCollection, PlanLayer, Territory } from './model';

export const fetchTerritory = (): Promise<Territory> => get('/api/v1/territory');

export const fetchPlan = (layer: PlanLayer): Promise<PlanCollection> => get(`/api/v1/plan/${layer}`);

export const fetchAsset = (id: string): Promise<AssetFeature> => get(`/api/v1/assets/${encodeURIComponent(id)}`);

/** One page of the assets that the viewer may see in a box; `after` is the `next` of the page before. */
export function fetchAssets(box: Box, classes: string[], after: string | null, signal: AbortSignal): Promise<AssetPage> {
  const query = { bbox: box.map((degree) => degree.toFixed(6)).join(','), class: classes.join(','), limit: 1000, after };
  return get('/api/v1/assets', query, signal);
}

/** The part of a question that says which past is meant, out of `recorded:2026-01-31` or `valid:2026-01-31`. */
export function pastQuery(past: string | null): Record<string, string> {
  const [time, day] = past?.split(':') ?? [];
  return time && day ? { [time]: day } : {};
}

/** The assets of some classes as they were. */
export const fetchPastAssets = (past: string, classes: string[], signal: AbortSignal): Promise<PastAssets> =>
  get('/api/v1/assets-as-of', { ...pastQuery(past), class: classes.join(',') }, signal);

/** Where a class is downloaded as a file. */
export const exportAddress = (assetClass: string, format: string, past: string | null): string =>
  `/api/v1/assets-export${queryText({ class: assetClass, format, ...pastQuery(past) })}`;
