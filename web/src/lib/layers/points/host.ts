import type { PointCard } from '../card';

/** Structures of other sectors that could carry telecom equipment: a diamond. */
export const host: PointCard = {
  form: 'point',
  key: 'host',
  minzoom: 13.5,
  labelzoom: 17,
  radius: 5.5,
  trace(path, radius) {
    path.moveTo(0, -radius);
    path.lineTo(radius, 0);
    path.lineTo(0, radius);
    path.lineTo(-radius, 0);
    path.closePath();
  },
};
