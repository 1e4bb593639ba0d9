import { get, queryText, remove } from './client';
import type { GroundSourceReport, GroundSources } from './model';
import { Problem, problemFrom } from './problem';

const PATH = '/api/v1/ground-sources';

/** What a file about the ground is. */
export interface GroundFacts {
  kind: 'terrain' | 'population';
  /** The day that it is of. */
  dated: string;
  source: string;
}

export const fetchGround = (seq: number, signal: AbortSignal): Promise<GroundSources> => get(PATH, { v: seq }, signal);

export const retireGround = (id: string, reason: string): Promise<void> => remove(`${PATH}/${id}${queryText({ reason })}`);

/** Sends a file as it is. */
export async function sendGround(facts: GroundFacts, file: File): Promise<GroundSourceReport> {
  const reply = await fetch(PATH + queryText({ ...facts }), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => {
    throw new Problem(0, 'offline');
  });
  if (!reply.ok) throw await problemFrom(reply);
  return (await reply.json()) as GroundSourceReport;
}
