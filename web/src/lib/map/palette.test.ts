import { describe, expect, it } from 'vitest';
import { GROUND, NO_OWNER, OWNER_HUES, ownerColours, PLAN_HUE, type Theme } from './palette';

const rgb = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string) => {
  const [red, green, blue] = rgb(hex).map(linear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  const ground = GROUND[theme];

  it('every data colour stands out from the land (WCAG 1.4.11, 3 to 1)', () => {
    const { works, planned, zone } = PLAN_HUE[theme];
    for (const hue of [...OWNER_HUES[theme], NO_OWNER[theme], ground.accent, ground.lit, works, planned, zone]) {
      expect(contrast(hue, ground.land), hue).toBeGreaterThanOrEqual(3);
    }
  });

  it('every label can be read on its halo (WCAG 1.4.3, 4.5 to 1)', () => {
    expect(contrast(ground.label, ground.halo)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ground.quietLabel, ground.halo)).toBeGreaterThanOrEqual(4.5);
  });
});

it('carriers take the first hues, and ten owners have ten', () => {
  const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((code) => ({ code, kind: 'utility_power' }));
  const colours = ownerColours([...others, { code: 'towerco', kind: 'tower_company' }, { code: 'viettel', kind: 'carrier' }], 'light');
  expect(colours.get('viettel')).toBe(OWNER_HUES.light[0]);
  expect(colours.get('towerco')).toBe(OWNER_HUES.light[1]);
  expect(new Set(colours.values()).size).toBe(10);
});
