import type { Geometry } from 'geojson';
import { get, post, put } from './client';
import type { OpportunityList, WorksList, WorksReceipt } from './model';

const at = (code: string): string => `/api/v1/works/${encodeURIComponent(code)}`;

export const fetchWorks = (signal?: AbortSignal): Promise<WorksList> => get('/api/v1/works', {}, signal);

/** Works during which ducts should be laid, and for what. */
export const fetchOpportunities = (signal?: AbortSignal): Promise<OpportunityList> => get('/api/v1/dig-once', {}, signal);

/** What a work says, as its owner enters it. Empty days and texts are `null`. */
export interface WorksDraft {
  sector: string;
  owner: string;
  title: string | null;
  plan: string | null;
  starts_on: string | null;
  ends_on: string | null;
  answer_by: string | null;
  published: boolean;
  geometry: Geometry;
}

export const registerWorks = (draft: WorksDraft): Promise<WorksReceipt> => post('/api/v1/works', draft);

export const amendWorks = (code: string, version: number, draft: WorksDraft): Promise<WorksReceipt> =>
  put(at(code), { version, ...draft });

/** Enters the works of a GeoJSON file, all or none. */
export const uploadWorks = (file: unknown): Promise<WorksReceipt[]> => post('/api/v1/works/upload', file);

export const stepWorks = (code: string, version: number, step: string): Promise<WorksReceipt> =>
  post(`${at(code)}/steps`, { version, step });

/** The owner says how many ducts it will lay for others. */
export const replyWorks = (code: string, version: number, ducts: number): Promise<WorksReceipt> =>
  put(`${at(code)}/reply`, { version, ducts });

/** The viewer's organisation answers. */
export const answerWorks = (code: string, interest: string, ducts: number | null): Promise<void> =>
  put(`${at(code)}/answer`, { interest, ducts });

/** Where the viewer's organisation wants to be told of works; `null` for everywhere. */
export const setInterestArea = (geometry: Geometry | null): Promise<void> => put('/api/v1/interest-area', { geometry });
