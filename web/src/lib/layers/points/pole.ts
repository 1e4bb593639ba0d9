import type { PointCard } from '../card';

/** Cable poles: a dot. */
export const pole: PointCard = {
  form: 'point',
  key: 'pole',
  minzoom: 13.5,
  labelzoom: 17,
  radius: 3.5,
  trace: (path, radius) => path.arc(0, 0, radius, 0, 2 * Math.PI),
};
