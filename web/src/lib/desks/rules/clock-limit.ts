import type { ClockLimit } from '$lib/api/model';

/** How a period is counted. */
export type LimitKind = ClockLimit['kind'];

/** Every way, in the order in which they are offered. */
export const LIMIT_KINDS = ['working_days', 'days', 'hours', 'months', 'each_year'] as const satisfies readonly LimitKind[];

/** A limit as its row in a form holds it; the empty kind for none. */
export interface LimitEntry {
  kind: LimitKind | '';
  count: number | null;
  month: number | null;
  day: number | null;
}

/** The row of a limit. */
export const entryOf = (limit: ClockLimit | null): LimitEntry => ({
  kind: limit?.kind ?? '',
  count: limit?.count ?? null,
  month: limit?.month ?? null,
  day: limit?.day ?? null,
});

/** What a row says: a limit, null for none, and undefined while a number that it needs is missing. */
export function limitOf({ kind, count, month, day }: LimitEntry): ClockLimit | null | undefined {
  if (kind === '') return null;
  if (kind === 'each_year') return typeof month === 'number' && typeof day === 'number' ? { kind, month, day } : undefined;
  return typeof count === 'number' ? { kind, count } : undefined;
}
