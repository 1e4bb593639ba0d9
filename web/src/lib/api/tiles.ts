import { get, queryText } from './client';
import type { Reach } from './coverage';
import { pastQuery } from './registry';

/** How far the asset tiles reach, from their TileJSON. */
export interface TileRange {
  minzoom: number;
  maxzoom: number;
}

export async function fetchTileRange(): Promise<TileRange> {
  const { minzoom = 0, maxzoom = 14 } = await get<Partial<TileRange>>('/tiles/assets');
  return { minzoom, maxzoom };
}

/** Tile addresses change with the journal and the viewer, so that no cache shows another viewer's tile. */
export type Version = { seq: number; viewer: string };

export const assetTiles = (version: Version, past: string | null): string =>
  `${location.origin}/tiles/assets/{z}/{x}/{y}${queryText({ v: stamp(version), ...pastQuery(past) })}`;

export const coverageTiles = (reach: Reach, version: Version): string =>
  `${location.origin}/tiles/coverage/{z}/{x}/{y}${queryText({ ...reach, v: stamp(version) })}`;

const stamp = ({ seq, viewer }: Version): string => `${seq}-${viewer}`;
