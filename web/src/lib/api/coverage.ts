import { get } from './client';
import type { Coverage, Gaps } from './model';

/** A technology, and one network or every network together (null). */
export interface Reach {
  technology: string;
  network: string | null;
}

export const fetchCoverage = (reach: Reach, signal: AbortSignal): Promise<Coverage> =>
  get('/api/v1/coverage', { ...reach }, signal);

export const fetchGaps = (reach: Reach, signal: AbortSignal): Promise<Gaps> => get('/api/v1/gaps', { ...reach }, signal);
