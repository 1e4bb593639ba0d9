import { get, post, put } from './client';
import type { CaseList, CaseReceipt, RequestFeature, RequestCollection, Rerun, ScreeningReceipt, ShownCase } from './model';

const at = (id: string): string => `/api/v1/cases/${encodeURIComponent(id)}`;

/** Which requests are asked for; what is empty is not asked about. */
export interface CaseFilter {
  state: string;
  class: string;
  kind: string;
  q: string;
  expired: boolean;
}

export const fetchCases = (filter: CaseFilter, after: string | null, signal?: AbortSignal): Promise<CaseList> =>
  get('/api/v1/cases', { ...filter, expired: filter.expired ? 'true' : null, after }, signal);

export const fetchCase = (id: string, signal?: AbortSignal): Promise<ShownCase> => get(at(id), {}, signal);

/** What a request says. */
export interface Draft {
  title: string;
  ruleset: string;
  request: RequestFeature | RequestCollection;
}

export const saveCase = (draft: Draft): Promise<CaseReceipt> => post('/api/v1/cases', draft);

export const amendCase = (id: string, version: number, draft: Draft): Promise<CaseReceipt> => put(at(id), { version, ...draft });

export const submitCase = (id: string, version: number): Promise<CaseReceipt> => post(`${at(id)}/submission`, { version });

export const withdrawCase = (id: string, version: number, because: string): Promise<CaseReceipt> =>
  post(`${at(id)}/withdrawal`, { version, because: because || null });

/** What a signed opinion says. */
export interface Signed {
  outcome: string;
  number: string;
  dated: string;
  conditions: string | null;
  cites: string[];
}

/** Records the advisory opinion that the office has signed. */
export const issueOpinion = (id: string, version: number, signed: Signed): Promise<CaseReceipt> =>
  post(`${at(id)}/opinion`, { version, ...signed });

/** Says that what was asked stands, or was not built in time. */
export const endCase = (id: string, version: number, ending: 'built' | 'lapsed', because: string): Promise<CaseReceipt> =>
  post(`${at(id)}/ending`, { version, ending, because: because || null });

/** Screens a request and keeps the answer. */
export const keepScreening = (id: string, ruleset: string | null): Promise<ScreeningReceipt> =>
  post(`${at(id)}/screenings`, { ruleset });

/** Computes a kept screening again from the registry as it was. */
export const rerunScreening = (id: string, screening: string): Promise<Rerun> =>
  post(`${at(id)}/screenings/${encodeURIComponent(screening)}/rerun`, {});

/** An officer's word on a part of the office's newest screening; `null` takes an earlier one back. */
export const judgeCase = (
  id: string,
  says: { version: number; item: number; about: string; part: string; opinion: string | null; reason: string | null },
): Promise<CaseReceipt> => put(`${at(id)}/verdict`, says);
