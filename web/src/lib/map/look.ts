import type { ExpressionSpecification } from 'maplibre-gl';
import { GROUND, NO_OWNER, ownerColours, type Ground, type Theme } from './palette';

/** Everything that layers need to know to draw themselves. */
export interface Look {
  theme: Theme;
  ground: Ground;
  /** Colour of each owner that the register names. */
  owners: ReadonlyMap<string, string>;
  /** Radius within which a generalised position lies, in metres. */
  generalised_m: number;
  /** Latitude at which metres are turned into pixels. */
  latitude: number;
}

export function lookOf(
  theme: Theme,
  owners: readonly { code: string; kind: string }[],
  generalised_m: number,
  latitude: number,
): Look {
  return { theme, ground: GROUND[theme], owners: ownerColours(owners, theme), generalised_m, latitude };
}

/** The colour of one owner; grey when the owner is not known. */
export function ownerColour(look: Look, owner: string | null | undefined): string {
  return (owner && look.owners.get(owner)) || NO_OWNER[look.theme];
}

/** Colours a feature by its property `owner`. */
export function byOwner(look: Look): ExpressionSpecification | string {
  if (look.owners.size === 0) return NO_OWNER[look.theme];
  return ['match', ['to-string', ['get', 'owner']], ...[...look.owners].flat(), NO_OWNER[look.theme]] as unknown as ExpressionSpecification;
}

/** Families for map labels. The first name only tells MapLibre the weight; the second is the bundled font. */
export const LABEL_FONT = ['Be Vietnam Pro Medium', 'Be Vietnam Pro'];
export const STRONG_LABEL_FONT = ['Be Vietnam Pro SemiBold', 'Be Vietnam Pro'];
