import type { PointCard } from '../card';

/** Cabinets: an upright box with two doors. */
export const cabinet: PointCard = {
  form: 'point',
  key: 'cabinet',
  minzoom: 13,
  labelzoom: 16,
  radius: 6,
  trace(path, radius) {
    path.rect(-radius * 0.75, -radius, radius * 0.65, 2 * radius);
    path.rect(radius * 0.1, -radius, radius * 0.65, 2 * radius);
  },
};
