import { get, post, remove } from './client';
import type { Session } from './model';

export const fetchSession = (): Promise<Session> => get('/api/v1/session');

export const signIn = (account: string, password: string): Promise<Session> =>
  post('/api/v1/session', { account, password });

/** Six digits of the application, or a recovery code. */
export const giveSecondFactor = (code: string): Promise<Session> => post('/api/v1/session/second-factor', { code });

/** What somebody with a one-time code chooses; the first operator chooses a name too. */
export interface Chosen {
  code: string;
  password: string;
  account?: string;
  display_name?: string;
}

export const setUpAccount = (chosen: Chosen): Promise<Session> => post('/api/v1/session/setup', chosen);

export const signOut = (): Promise<void> => remove('/api/v1/session');

/** Where the browser goes to sign on with another service and to come back to this view. */
export const signOnAddress = (): string =>
  `/api/v1/session/sign-on?return_to=${encodeURIComponent(location.pathname + location.search)}`;
