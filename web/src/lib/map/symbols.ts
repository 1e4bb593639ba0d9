import { ASSET_CARDS } from '$lib/layers/assets';
import type { PointCard } from '$lib/layers/card';
import { strokeOf, type Stroke } from './lifecycle';
import { ownerColour, type Look } from './look';

/** Pixels of the image for each pixel of the symbol, so that symbols stay sharp when the map is zoomed or printed. */
export const SYMBOL_RATIO = 3;

/** Draws the image whose name a layer asks for: `symbol|theme|class|status|owner`. Null when the name is no symbol's. */
export function drawSymbol(name: string, look: Look): ImageData | null {
  const [kind, , key, status, owner] = name.split('|');
  const card = ASSET_CARDS.find((candidate) => candidate.key === key);
  if (kind !== 'symbol' || card?.form !== 'point') return null;
  const side = Math.ceil((card.radius + 3) * 2 * SYMBOL_RATIO);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const pen = canvas.getContext('2d')!;
  pen.translate(side / 2, side / 2);
  pen.scale(SYMBOL_RATIO, SYMBOL_RATIO);
  paintSymbol(pen, card, strokeOf(status), ownerColour(look, owner), look);
  return pen.getImageData(0, 0, side, side);
}

/** Paints a symbol around the origin; the map and the legend share it, so the legend is always true. */
export function paintSymbol(pen: CanvasRenderingContext2D, card: PointCard, stroke: Stroke, colour: string, look: Look): void {
  const path = new Path2D();
  card.trace(path, card.radius);
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.strokeStyle = look.ground.halo;
  pen.lineWidth = card.open ? 4 : 3;
  pen.stroke(path);
  pen.fillStyle = stroke === 'solid' ? colour : look.ground.halo;
  if (!card.open) pen.fill(path);
  pen.strokeStyle = colour;
  pen.lineWidth = card.open ? 1.8 : 1.4;
  if (stroke === 'dashed') pen.setLineDash([2.4, 2]);
  pen.stroke(path);
}
