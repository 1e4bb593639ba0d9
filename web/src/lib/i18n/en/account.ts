import type { Message } from '../message';
import type { account as vi } from '../vi/account';

/** Texts in English: signing in. */
export const account: Record<keyof typeof vi, Message> = {
  // Account
  'account.title': 'Account',
  'account.signIn': 'Sign in',
  'account.signOut': 'Sign out',
  'account.publicView': 'This is the public view: generalised positions, no restricted information.',
  'account.name': 'Account name',
  'account.password': 'Password',
  'account.enter': 'Sign in now',
  'account.demo': 'Demo accounts',
  'role.public': 'Public',
  'role.carrier_editor': 'Carrier\'s editor',
  'role.carrier_administrator': 'Carrier\'s administrator',
  'role.utility': 'Utility',
  'role.assessor': 'Assessor',
  'role.signatory': 'Signatory',
  'role.plan_lead': 'Plan lead',
  'role.planner': 'Planner',
  'role.security_officer': 'Security officer',
  'role.city_viewer': 'City viewer',
  'role.auditor': 'Auditor',
  'role.operator': 'Operator',
};
