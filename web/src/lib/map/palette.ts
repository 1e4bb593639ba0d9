export type Theme = 'light' | 'dark';

/** The quiet colours of the base map, by theme. */
export interface Ground {
  land: string;
  outside: string;
  settlement: string;
  boundary: string;
  road: string;
  roadEdge: string;
  label: string;
  quietLabel: string;
  halo: string;
  accent: string;
  lit: string;
}

export const GROUND: Record<Theme, Ground> = {
  light: {
    land: '#f6f6f2',
    outside: '#e7e9e4',
    settlement: '#e9ece1',
    boundary: '#58686b',
    road: '#ffffff',
    roadEdge: '#c3c8bf',
    label: '#26373a',
    quietLabel: '#5a6a6c',
    halo: '#fbfbf9',
    accent: '#0b6670',
    lit: '#d1008f',
  },
  dark: {
    land: '#182124',
    outside: '#11181a',
    settlement: '#1f2b2c',
    boundary: '#8fa3a6',
    road: '#3b484c',
    roadEdge: '#0e1416',
    label: '#dde6e6',
    quietLabel: '#9fb0b2',
    halo: '#12191b',
    accent: '#63c9d1',
    lit: '#ff7ad1',
  },
};

/**
 * Owners' hues, told apart with every common colour vision and by lightness in greyscale print.
 * Tuned from the set of Okabe and Ito (2008), "Color Universal Design".
 */
export const OWNER_HUES: Record<Theme, readonly string[]> = {
  light: ['#b8480a', '#0a5ea8', '#0b7f5c', '#a3457f', '#8d6900', '#3b83b8', '#4d3fa0', '#6b7a12', '#8f1d3f', '#5f4632'],
  dark: ['#ff9a56', '#6fb3ff', '#3fd3a3', '#ee9bcb', '#e6c13c', '#9bd7ff', '#b3a5ff', '#b7c84e', '#ff8f9f', '#d6b598'],
};

/** An asset without an owner that we know. */
export const NO_OWNER: Record<Theme, string> = { light: '#59646a', dark: '#a9b4b8' };

/** How sure the model is of a signal. Steps of lightness, so that a greyscale print keeps them. */
export const REACH: Record<Theme, { likely: string; limited: string; none: string; gap: string; gained: string }> = {
  light: { likely: '#2b7a9b', limited: '#9cc7d6', none: '#f6f6f2', gap: '#c2410c', gained: '#2f7d32' },
  dark: { likely: '#3f9fc4', limited: '#285566', none: '#182124', gap: '#ff8a4c', gained: '#7ddc83' },
};

/** How near fibre is, from dark to pale; what nobody knows is ochre, what is out of reach red. */
export const FIBRE: Record<
  Theme,
  { passed: string; serviceable: string; reachable: string; cannot_tell: string; gap: string }
> = {
  light: { passed: '#15616f', serviceable: '#4f9dab', reachable: '#a9d0d6', cannot_tell: '#d9a520', gap: '#b3261e' },
  dark: { passed: '#7fd3e0', serviceable: '#4a9aa8', reachable: '#2c5b65', cannot_tell: '#e6c04a', gap: '#ff8a80' },
};

/** Works of other sectors and what is planned. */
export const PLAN_HUE: Record<Theme, { works: string; planned: string; zone: string }> = {
  light: { works: '#9a5b00', planned: '#6a3fa0', zone: '#7d6b3f' },
  dark: { works: '#f0b35a', planned: '#c9a7f5', zone: '#cdbb8c' },
};

/** What tells the owners whose masts, poles and ducts fill the map: they take the clearest hues. */
const TELECOM = ['carrier', 'tower_company'];

/** Gives each owner a hue, telecom first; an eleventh owner starts again, told apart by its name. */
export function ownerColours(owners: readonly { code: string; kind: string }[], theme: Theme): ReadonlyMap<string, string> {
  const hues = OWNER_HUES[theme];
  const rank = (kind: string): number => (TELECOM.includes(kind) ? TELECOM.indexOf(kind) : TELECOM.length);
  const sorted = owners.toSorted((a, b) => rank(a.kind) - rank(b.kind));
  return new Map(sorted.map(({ code }, index) => [code, hues[index % hues.length]!]));
}
