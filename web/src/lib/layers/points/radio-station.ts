import type { PointCard } from '../card';

/** Radio stations: two waves that leave the top of the mast they hang on. */
export const radioStation: PointCard = {
  form: 'point',
  key: 'radio_station',
  minzoom: 13.5,
  labelzoom: 24,
  radius: 13,
  open: true,
  trace(path, radius) {
    path.arc(0, -radius * 0.4, 1.2, 0, 2 * Math.PI);
    for (const [from, to] of [[-0.6, 0.6], [Math.PI - 0.6, Math.PI + 0.6]] as const) {
      path.moveTo(Math.cos(from) * radius, Math.sin(from) * radius - radius * 0.4);
      path.arc(0, -radius * 0.4, radius, from, to);
    }
  },
};
