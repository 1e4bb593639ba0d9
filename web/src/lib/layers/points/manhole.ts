import type { PointCard } from '../card';

/** Manholes: a square, like their covers. */
export const manhole: PointCard = {
  form: 'point',
  key: 'manhole',
  minzoom: 13.5,
  labelzoom: 16.5,
  radius: 4.5,
  trace: (path, radius) => path.rect(-radius, -radius, 2 * radius, 2 * radius),
};
