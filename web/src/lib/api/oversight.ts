import { get, queryText } from './client';
import type { AccessPage, Permissions } from './model';

/** Which entries of the access log are asked for; what is empty does not matter. Days are civil days in Việt Nam. */
export interface AccessFilter {
  kind: string;
  account: string;
  from: string;
  until: string;
}

export const ANY_ACCESS: AccessFilter = { kind: '', account: '', from: '', until: '' };

export const fetchPermissions = (): Promise<Permissions> => get('/api/v1/permissions');

/** One page, newest first; `before` is the `next` of the page before. */
export const fetchAccesses = (filter: AccessFilter, before: number | null, signal?: AbortSignal): Promise<AccessPage> =>
  get('/api/v1/audit', { ...instants(filter), before }, signal);

/** The address of everything that a filter lets through, as a file. */
export const exportAddress = (filter: AccessFilter, format: 'csv' | 'json'): string =>
  `/api/v1/audit/export${queryText({ format, ...instants(filter) })}`;

/** The filter as the server takes it: the last day is part of what is asked for. */
export function instants({ kind, account, from, until }: AccessFilter): Record<string, string> {
  return { kind, account: account.trim(), from: from && `${from}T00:00:00+07:00`, until: until && `${dayAfter(until)}T00:00:00+07:00` };
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
