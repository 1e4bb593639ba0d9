import { get, queryText, remove, sendFile } from './client';
import type { GroundSourceReport, GroundSources } from './model';

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

export const sendGround = (facts: GroundFacts, file: File): Promise<GroundSourceReport> => sendFile(PATH, file, { ...facts });
