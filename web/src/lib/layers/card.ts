import type { LayerSpecification } from 'maplibre-gl';

/** Where a layer lies, from the bottom up. Names give way to masts only: there are few of them, and hundreds of poles. */
export const SLOTS = ['ground', 'areas', 'lines', 'points', 'names', 'masts', 'overlay', 'labels'] as const;
export type Slot = (typeof SLOTS)[number];

/** How the list of layers is divided. */
export const GROUPS = ['infrastructure', 'plan', 'coverage', 'ground'] as const;
export type Group = (typeof GROUPS)[number];

/** One layer as MapLibre draws it, with its slot. */
export interface Drawn {
  slot: Slot;
  spec: LayerSpecification;
}

/** A class of points in the asset tiles. */
export interface PointCard {
  form: 'point';
  key: string;
  /** The zoom from which it is drawn. */
  minzoom: number;
  /** The zoom from which its code is written beside it. */
  labelzoom: number;
  /** Half the symbol's size in pixels. */
  radius: number;
  /** Traces the symbol around the origin, y downwards. */
  trace: (path: Path2D, radius: number) => void;
  /** The symbol is only an outline and never filled. */
  open?: boolean;
}

/** A class of lines in the asset tiles. */
export interface LineCard {
  form: 'line';
  key: string;
  minzoom: number;
  /** Width of a stroke in pixels. */
  width: number;
  /** Space between two strokes in pixels; 0 draws one stroke. */
  gap: number;
}

export type AssetCard = PointCard | LineCard;
