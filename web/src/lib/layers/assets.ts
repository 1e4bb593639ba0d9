import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import { STATES, type Stroke } from '$lib/map/lifecycle';
import { byOwner, LABEL_FONT, type Look } from '$lib/map/look';
import { metresAsPixels } from '$lib/map/scale';
import type { AssetCard, Drawn, LineCard, PointCard } from './card';
import { aerialRoute } from './lines/aerial-route';
import { duct } from './lines/duct';
import { trench } from './lines/trench';
import { cabinet } from './points/cabinet';
import { host } from './points/host';
import { manhole } from './points/manhole';
import { mast } from './points/mast';
import { pole } from './points/pole';
import { radioStation } from './points/radio-station';

/** Every class of asset, in the order of the legend. */
export const ASSET_CARDS: readonly AssetCard[] = [
  mast, radioStation, pole, aerialRoute, duct, manhole, trench, cabinet, host,
];

/** The source that holds the asset tiles. */
export const ASSET_SOURCE = 'assets';

/** Ids of the layers that answer a click begin with this. */
export const CLICKABLE = 'asset:';

/** How many assets a feature stands for; far out, the server counts neighbours together. */
const COUNT: ExpressionSpecification = ['to-number', ['get', 'count'], 1];
const CODE: ExpressionSpecification = [
  'concat', ['case', ['to-boolean', ['get', 'generalised']], '≈ ', ''], ['to-string', ['get', 'code']],
];

/** What MapLibre draws for a class. */
export function assetLayers(card: AssetCard, look: Look): Drawn[] {
  return card.form === 'point' ? pointLayers(card, look) : lineLayers(card, look);
}

/** The name of a symbol image, from which the image is drawn when MapLibre first asks for it. */
export function symbolName(card: PointCard, look: Look): ExpressionSpecification {
  const text = (field: string): ExpressionSpecification => ['to-string', ['get', field]];
  return ['concat', `symbol|${look.theme}|${card.key}|`, text('status'), '|', text('owner')];
}

/** A generalised position is an area within which the asset stands, not a point. Short lines shrink to one, too. */
function areaOfPosition(card: PointCard | LineCard, look: Look): Drawn {
  // Only masts stand far enough apart for filled discs.
  const filled = card.key === 'mast';
  return {
    slot: 'areas',
    spec: {
      source: ASSET_SOURCE,
      'source-layer': card.key,
      id: `about:${card.key}`,
      type: 'circle',
      filter: ['all', ['to-boolean', ['get', 'generalised']], ['==', ['geometry-type'], 'Point']],
      minzoom: Math.max(card.minzoom, 12),
      paint: {
        'circle-radius': metresAsPixels(look.generalised_m, look.latitude),
        'circle-color': byOwner(look),
        'circle-opacity': filled ? 0.08 : 0,
        'circle-stroke-color': byOwner(look),
        'circle-stroke-width': 1,
        'circle-stroke-opacity': filled ? 0.45 : 0.25,
      },
    },
  };
}

function pointLayers(card: PointCard, look: Look): Drawn[] {
  const shared = { source: ASSET_SOURCE, 'source-layer': card.key, minzoom: card.minzoom };
  return [
    areaOfPosition(card, look),
    {
      slot: card.key === 'mast' ? 'masts' : 'points',
      spec: {
        ...shared,
        id: `${CLICKABLE}${card.key}`,
        type: 'symbol',
        layout: {
          'icon-image': symbolName(card, look),
          'icon-allow-overlap': true,
          // Only masts push names aside: there are few of them, and hundreds of poles.
          'icon-ignore-placement': card.key !== 'mast',
          'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.7, 15, 1, 18, 1.3],
          'text-field': ['step', ['zoom'], countText(''), card.labelzoom, countText(CODE)],
          'text-font': LABEL_FONT,
          'text-size': 13,
          'text-anchor': 'left',
          'text-offset': [(card.radius + 7) / 13, 0],
          'text-optional': true,
        },
        paint: {
          'text-color': look.ground.label,
          'text-halo-color': look.ground.halo,
          'text-halo-width': 1.6,
        },
      },
    },
  ];
}

/** The number of a counted feature; `otherwise` for a single asset. */
function countText(otherwise: ExpressionSpecification | ''): ExpressionSpecification {
  return ['case', ['<', 1, COUNT], ['concat', '×', ['to-string', COUNT]], otherwise];
}

function lineLayers(card: LineCard, look: Look): Drawn[] {
  const strokes = (['solid', 'dashed', 'hollow'] as const).map((stroke): Drawn => ({
    slot: 'lines',
    spec: {
      id: `${CLICKABLE}${card.key}:${stroke}`,
      type: 'line',
      source: ASSET_SOURCE,
      'source-layer': card.key,
      minzoom: card.minzoom,
      filter: withStroke(stroke),
      layout: { 'line-cap': stroke === 'dashed' ? 'butt' : 'round', 'line-join': 'round' },
      paint: {
        'line-color': byOwner(look),
        'line-opacity': ['case', ['to-boolean', ['get', 'generalised']], 0.45, 1],
        'line-blur': ['case', ['to-boolean', ['get', 'generalised']], 2, 0],
        ...strokePaint(card, stroke),
      },
    },
  }));
  return [areaOfPosition(card, look), ...strokes];
}

/** Width, gap and dashes of a stroke, shared by the map and the legend. */
export function strokePaint(card: LineCard, stroke: Stroke): { 'line-width': number; 'line-gap-width': number; 'line-dasharray'?: number[] } {
  if (stroke === 'hollow') return { 'line-width': 0.8, 'line-gap-width': Math.max(2, card.width, card.gap) };
  const dashes = stroke === 'dashed' ? { 'line-dasharray': card.width < 2 ? [5, 3] : [2.2, 1.6] } : {};
  return { 'line-width': card.width, 'line-gap-width': card.gap, ...dashes };
}

function withStroke(stroke: Stroke): FilterSpecification {
  const status: ExpressionSpecification = ['to-string', ['get', 'status']];
  const among = (states: string[]): ExpressionSpecification => ['in', status, ['literal', states]];
  if (stroke !== 'solid') return among(STATES[stroke]);
  return ['!', among([...STATES.dashed, ...STATES.hollow])];
}
