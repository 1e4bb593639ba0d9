import type { Message } from './message';
import type { vi } from './vi';
import { account } from './en/account';
import { accounts } from './en/accounts';
import { asset } from './en/asset';
import { closing } from './en/closing';
import { cases } from './en/cases';
import { codes } from './en/codes';
import { coverage } from './en/coverage';
import { fibre } from './en/fibre';
import { fields } from './en/fields';
import { frame } from './en/frame';
import { imports } from './en/imports';
import { layers } from './en/layers';
import { link } from './en/link';
import { map } from './en/map';
import { registry } from './en/registry';
import { oversight } from './en/oversight';
import { outline } from './en/outline';
import { plan } from './en/plan';
import { rules } from './en/rules';
import { screening } from './en/screening';
import { works } from './en/works';
import { sources } from './en/sources';

/** Every text in English, as complete as the Vietnamese. */
export const en: Record<keyof typeof vi, Message> = {
  ...frame,
  ...map,
  ...layers,
  ...asset,
  ...screening,
  ...cases,
  ...works,
  ...registry,
  ...imports,
  ...plan,
  ...outline,
  ...rules,
  ...coverage,
  ...closing,
  ...fibre,
  ...sources,
  ...link,
  ...account,
  ...oversight,
  ...accounts,
  ...codes,
  ...fields,
};
