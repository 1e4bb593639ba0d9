import { get, queryText } from './client';
import type { Coverage, Gaps } from './model';

/** A technology, and one network or every network together (null). */
export interface Reach {
  technology: string;
  network: string | null;
  /** Where people are to be reached; outdoors when null. */
  environment: string | null;
  /** The model; the usual one when null. */
  model: string | null;
  /** Whether measurements correct it; not when null. */
  calibrated: 'true' | null;
}

export const fetchCoverage = (reach: Reach, signal: AbortSignal): Promise<Coverage> =>
  get('/api/v1/coverage', { ...reach }, signal);

/** The gaps where fewer networks than that serve. */
export const fetchGaps = (reach: Reach, fewerThan: number, signal: AbortSignal): Promise<Gaps> =>
  get('/api/v1/gaps', { ...reach, fewer_than: fewerThan === 1 ? null : fewerThan }, signal);

/** The addresses of a run as files for other programs. */
export const coverageFiles = (reach: Reach): { raster: string; areas: string } => ({
  raster: `/api/v1/coverage/raster${queryText({ ...reach })}`,
  areas: `/api/v1/coverage/package${queryText({ ...reach })}`,
});
