import { Problem, problemFrom } from './problem';

type Query = Record<string, string | number | null | undefined>;

/** Asks with `GET`. Empty query values are left out. */
export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return call<T>(path + queryText(query), { signal: signal ?? null });
}

/** Sends `body` as JSON with `POST`. */
export function post<T>(path: string, body: unknown, query: Query = {}): Promise<T> {
  return call<T>(path + queryText(query), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Sends `body` as JSON with `PUT`. */
export function put<T>(path: string, body: unknown): Promise<T> {
  return call<T>(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Sends `body` as JSON with another method and more headers. */
export function send<T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return call<T>(path, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

/** Sends a file as it is. */
export function sendFile<T>(path: string, file: Blob, query: Query, headers: Record<string, string> = {}): Promise<T> {
  return call<T>(path + queryText(query), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: file,
  });
}

/** Sends `DELETE`; the reply has no body. */
export function remove(path: string): Promise<void> {
  return call<void>(path, { method: 'DELETE' });
}

/** Writes a query, leaving out what is empty: `?a=1&b=2`, or nothing. */
export function queryText(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`;
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const reply = await fetch(path, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'offline');
  });
  if (!reply.ok) throw await problemFrom(reply);
  return (reply.status === 204 ? undefined : await reply.json()) as T;
}
