import { get } from './client';
import type { Coverage, Gaps } from './model';

/** A technology, and one network or every network together (null). */
export interface Reach {
  technology: string;
  network: string | null;
  /** Where people are to be reached; outdoors when null. */
  environment: string | null;
}

export const fetchCoverage = (reach: Reach, signal: AbortSignal): Promise<Coverage> =>
  get('/api/v1/coverage', { ...reach }, signal);

/** The gaps where fewer networks than that serve. */
export const fetchGaps = (reach: Reach, fewerThan: number, signal: AbortSignal): Promise<Gaps> =>
  get('/api/v1/gaps', { ...reach, fewer_than: fewerThan === 1 ? null : fewerThan }, signal);
