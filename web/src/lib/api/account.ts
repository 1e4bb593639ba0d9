import { get, post, remove, send } from './client';
import type { Enrolment, MadeToken, MyAccount, MySessions, MyTokens, RecoveryCodes } from './model';

const HOME = '/api/v1/account';

export const fetchMyAccount = (): Promise<MyAccount> => get(HOME);

export const putMyPerson = (person: { display_name: string; email: string; phone: string }): Promise<void> =>
  send('PUT', `${HOME}/person`, person);

export const changePassword = (present: string, chosen: string): Promise<void> =>
  send('PUT', `${HOME}/password`, { present, new: chosen });

export const beginSecondFactor = (): Promise<Enrolment> => post(`${HOME}/second-factor`, {});

export const confirmSecondFactor = (code: string): Promise<RecoveryCodes> => send('PUT', `${HOME}/second-factor`, { code });

export const giveUpSecondFactor = (code: string): Promise<void> => send('DELETE', `${HOME}/second-factor`, { code });

export const renewRecoveryCodes = (code: string): Promise<RecoveryCodes> => post(`${HOME}/recovery-codes`, { code });

export const fetchMySessions = (): Promise<MySessions> => get(`${HOME}/sessions`);

export const endMySession = (id: string): Promise<void> => remove(`${HOME}/sessions/${id}`);

export const endMyOtherSessions = (): Promise<void> => remove(`${HOME}/sessions`);

export const fetchMyTokens = (): Promise<MyTokens> => get(`${HOME}/tokens`);

export const makeToken = (name: string, scopes: string[], days: number): Promise<MadeToken> =>
  post(`${HOME}/tokens`, { name, scopes, days });

export const revokeToken = (id: string): Promise<void> => remove(`${HOME}/tokens/${id}`);

/** A file with everything that is held about oneself. */
export const MY_DATA = `${HOME}/data`;

export const askErasure = (): Promise<void> => post(`${HOME}/erasure`, {});

export const withdrawErasure = (): Promise<void> => remove(`${HOME}/erasure`);
