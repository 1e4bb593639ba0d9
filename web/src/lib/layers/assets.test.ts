import { validateStyleMin, type LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { lookOf } from '$lib/map/look';
import { ASSET_CARDS, ASSET_SOURCE, assetLayers } from './assets';

const look = lookOf('light', [{ code: 'viettel', kind: 'carrier' }, { code: 'vnpt', kind: 'carrier' }], 250, 20.69);

describe.each(ASSET_CARDS.map((card) => [card.key, card] as const))('the layer of %s', (key, card) => {
  it('is a style that MapLibre accepts', () => {
    const style = {
      version: 8 as const,
      sources: { [ASSET_SOURCE]: { type: 'vector' as const, tiles: ['http://localhost/{z}/{x}/{y}'] } },
      layers: assetLayers(card, look).map(({ spec }) => spec as LayerSpecification),
    };
    const faults = validateStyleMin(style).filter(({ message }) => !message.includes('glyphs'));
    expect(faults).toEqual([]);
  });

  it('reads the tile layer of its class', () => {
    for (const { spec } of assetLayers(card, look)) expect(spec).toHaveProperty('source-layer', key);
  });
});

it('every class of the contract has a layer of its own', () => {
  expect(ASSET_CARDS.map(({ key }) => key)).toEqual([
    'mast', 'radio_station', 'pole', 'aerial_route', 'duct', 'manhole', 'trench', 'cabinet', 'host',
  ]);
});

it('a class is told apart without colour', () => {
  const shapes = ASSET_CARDS.map((card) => (card.form === 'point' ? card.trace.toString() : `${card.width} ${card.gap}`));
  expect(new Set(shapes).size).toBe(ASSET_CARDS.length);
});
