import type { LineCard } from '../card';

/** Ducts between manholes: a strong line. */
export const duct: LineCard = { form: 'line', key: 'duct', minzoom: 0, width: 3.2, gap: 0 };
