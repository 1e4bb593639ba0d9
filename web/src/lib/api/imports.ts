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
/** Follows the work on an import until it ends; fails where the stream breaks off, and a question later goes on. */
export function followImport(id: string, tell: (progress: NonNullable<Import['progress']>) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`${address(id)}/events`);
    const end = (settle: () => void): void => {
      events.close();
      settle();
    };
    events.addEventListener('progress', ({ data }) => tell(JSON.parse(data)));
    events.addEventListener('import', () => end(resolve));
    events.addEventListener('error', () => end(() => reject(new Error('stream'))));
    signal.addEventListener('abort', () => end(resolve));
  });
}

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
