import type { LineCard } from '../card';

/** Trenches and tunnels: a double line, their two walls. */
export const trench: LineCard = { form: 'line', key: 'trench', minzoom: 0, width: 1.5, gap: 4 };
