import { get, post, remove, send } from './client';
import type { AddAccount, AmendAccount, Delegation, Delegations, GrantDelegation, ManagedAccounts, OneTimeCode } from './model';

const HOME = '/api/v1/accounts';

export const fetchAccounts = (): Promise<ManagedAccounts> => get(HOME);

export const addAccount = (account: AddAccount): Promise<OneTimeCode> => post(HOME, account);

export const amendAccount = (id: string, change: AmendAccount): Promise<void> => send('PATCH', `${HOME}/${id}`, change);

export const resetPassword = (id: string): Promise<OneTimeCode> => post(`${HOME}/${id}/password`, {});

export const resetSecondFactor = (id: string): Promise<void> => remove(`${HOME}/${id}/second-factor`);

export const unlockAccount = (id: string): Promise<void> => remove(`${HOME}/${id}/lock`);

export const eraseAccount = (id: string): Promise<void> => remove(`${HOME}/${id}/person`);

export const fetchDelegations = (): Promise<Delegations> => get('/api/v1/delegations');

export const grantDelegation = (delegation: GrantDelegation): Promise<Delegation> => post('/api/v1/delegations', delegation);

export const revokeDelegation = (id: string): Promise<void> => remove(`/api/v1/delegations/${id}`);
