import type { LineCard } from '../card';

/** Cables from pole to pole: a thin line. */
export const aerialRoute: LineCard = { form: 'line', key: 'aerial_route', minzoom: 11.5, width: 1.2, gap: 0 };
