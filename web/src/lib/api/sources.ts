import { get, queryText, remove, sendFile } from './client';
import type { CoverageComparison, CoverageSource, CoverageSourceReport } from './model';

const PATH = '/api/v1/coverage-sources';

/** What a file says of which network. */
export interface SourceFacts {
  kind: string;
  network: string;
  technology: string;
  owner: string;
  source: string;
}

export const fetchSources = (seq: number, signal: AbortSignal): Promise<{ sources: CoverageSource[] }> => get(PATH, { v: seq }, signal);

export const fetchComparison = (
  technology: string,
  network: string | null,
  seq: number,
  signal: AbortSignal,
): Promise<CoverageComparison> => get('/api/v1/coverage/comparison', { technology, network, v: seq }, signal);

export const retireSource = (id: string, reason: string): Promise<void> => remove(`${PATH}/${id}${queryText({ reason })}`);

export const sendSource = (facts: SourceFacts, file: File): Promise<CoverageSourceReport> => sendFile(PATH, file, { ...facts });
