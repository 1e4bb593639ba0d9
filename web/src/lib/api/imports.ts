import { get, post, send, sendFile } from './client';
import type { Import, ImportRows, RowAction } from './model';

const address = (id: string): string => `/api/v1/imports/${encodeURIComponent(id)}`;

/** What is said of a file when it is uploaded. */
export interface Upload {
  class: string;
  owner: string;
  crs: string;
  mode: string;
}

/** Uploads a file; the same key again answers with the import that it began. */
export const uploadImport = (file: File, upload: Upload, key: string): Promise<Import> =>
  sendFile('/api/v1/imports', file, { file: file.name, ...upload }, { 'idempotency-key': key });

export const fetchImports = (): Promise<Import[]> => get('/api/v1/imports');
export const fetchImport = (id: string, signal?: AbortSignal): Promise<Import> => get(address(id), {}, signal);
/** Begins to read the file; with options, as they say. */
export const checkImport = (id: string, options: Import['options'] | null): Promise<Import> =>
  post(`${address(id)}/check`, options ? { options } : {});
export const acknowledgeImport = (id: string, revision: number, conflicts: string[]): Promise<Import> =>
  post(`${address(id)}/acknowledgement`, { revision, conflicts });
export const commitImport = (id: string): Promise<Import> => post(`${address(id)}/commit`, {});
export const revertImport = (id: string, revision: number, reason: string): Promise<Import> =>
  post(`${address(id)}/reversal`, { revision, reason });
export const discardImport = (id: string): Promise<Import> => send('DELETE', address(id), {});
export const fetchImportRows = (id: string, action: RowAction | null, after: number): Promise<ImportRows> =>
  get(`${address(id)}/rows`, { action, after, limit: 500 });
/** The formats of a report, and what they are called. */
export const REPORTS = [['html', 'HTML'], ['xlsx', 'Excel'], ['csv', 'CSV'], ['json', 'JSON']] as const;
export const reportAddress = (id: string, format: string): string => `${address(id)}/report?format=${format}`;
