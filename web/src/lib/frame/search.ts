import type { Position } from 'geojson';
import type { PlanCollection } from '$lib/api/model';
import { anchorOf } from '$lib/map/box';
import { readCoordinates, writeCoordinates } from '$lib/map/coordinates';

/** Something that the search box can go to. */
export interface Target {
  kind: 'asset' | 'hamlet' | 'place' | 'position';
  /** What is written; a position is written as longitude, latitude. */
  name: string;
  /** The class of an asset or the kind of a place. */
  code: string;
  at: Position | null;
  /** Id of an asset. */
  asset?: string;
}

/** How many answers are shown. */
const MOST = 8;

/** Small letters without tones, so that `cu lai` finds the hamlet Cự Lai. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').trim();

/** Hamlets and places of the plan as targets. */
export function planTargets(hamlets: PlanCollection, places: PlanCollection): Target[] {
  const targets = (kind: 'hamlet' | 'place', { features }: PlanCollection): Target[] =>
    features.map(({ geometry, properties }) => ({
      kind,
      name: String(properties.name ?? ''),
      code: String(properties.kind ?? ''),
      at: anchorOf(geometry),
    }));
  return [...targets('hamlet', hamlets), ...targets('place', places)];
}

/** Positions that the text means, then targets whose name begins with it, then those that contain it. */
export function find(text: string, targets: Target[]): Target[] {
  const positions = readCoordinates(text).map((at): Target => ({ kind: 'position', name: writeCoordinates(at), code: '', at }));
  const wanted = plain(text);
  if (wanted === '') return positions;
  const ranked = targets
    .map((target) => ({ target, at: plain(target.name).indexOf(wanted) }))
    .filter(({ at }) => 0 <= at)
    .sort((a, b) => Math.min(a.at, 1) - Math.min(b.at, 1) || a.target.name.length - b.target.name.length);
  return [...positions, ...ranked.map(({ target }) => target)].slice(0, MOST);
}
