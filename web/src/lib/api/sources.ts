import { get, queryText, remove } from './client';
import type { CoverageComparison, CoverageSource, CoverageSourceReport } from './model';
import { Problem, problemFrom } from './problem';

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

/** Sends a file as it is. */
export async function sendSource(facts: SourceFacts, file: File): Promise<CoverageSourceReport> {
  const reply = await fetch(PATH + queryText({ ...facts }), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => {
    throw new Problem(0, 'offline');
  });
  if (!reply.ok) throw await problemFrom(reply);
  return (await reply.json()) as CoverageSourceReport;
}
