import { expect, it } from 'vitest';
import { figureRows } from './model';

it('every figure of a model is listed with its source, and a placeholder is told', () => {
  const rows = figureRows({
    code: 'rma-5g',
    feeder_loss_db: { value: 0.5, source: 'planning default', placeholder: true },
    carriers: [{ from_mhz: 3300, gain_dbi: { value: 18, source: 'data sheet', placeholder: false } }],
    nothing: null,
  });
  expect(rows).toEqual([
    { path: ['code'], value: 'rma-5g', source: null, placeholder: false },
    { path: ['feeder_loss_db'], value: 0.5, source: 'planning default', placeholder: true },
    { path: ['carriers', '1', 'from_mhz'], value: 3300, source: null, placeholder: false },
    { path: ['carriers', '1', 'gain_dbi'], value: 18, source: 'data sheet', placeholder: false },
  ]);
});
