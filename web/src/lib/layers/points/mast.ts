import type { PointCard } from '../card';

/** Antenna masts: a triangle, as on a survey sheet. */
export const mast: PointCard = {
  form: 'point',
  key: 'mast',
  minzoom: 0,
  labelzoom: 14,
  radius: 8,
  trace(path, radius) {
    path.moveTo(0, -radius);
    path.lineTo(radius * 0.9, radius * 0.75);
    path.lineTo(-radius * 0.9, radius * 0.75);
    path.closePath();
  },
};
