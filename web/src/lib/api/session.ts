import { get, post, remove } from './client';
import type { Session } from './model';

export const fetchSession = (): Promise<Session> => get('/api/v1/session');

export const signIn = (account: string, password: string): Promise<Session> =>
  post('/api/v1/session', { account, password });

export const signOut = (): Promise<void> => remove('/api/v1/session');
