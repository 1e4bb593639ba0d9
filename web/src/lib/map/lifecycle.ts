/** How a state of life is drawn: standing solid, coming dashed, retired hollow. */
export type Stroke = 'solid' | 'dashed' | 'hollow';

const COMING = ['proposed', 'planned', 'under_construction'];
const RETIRED = ['decommissioned'];

/** States of the Open Fibre Data Standard, and the stroke that draws each. */
export function strokeOf(status: string | null | undefined): Stroke {
  if (status && COMING.includes(status)) return 'dashed';
  if (status && RETIRED.includes(status)) return 'hollow';
  return 'solid';
}

/** States drawn with a stroke that is not solid, for a MapLibre filter. */
export const STATES: Record<Exclude<Stroke, 'solid'>, string[]> = { dashed: COMING, hollow: RETIRED };
