import type { Message } from './message';
import type { vi } from './vi';
import { account } from './en/account';
import { asset } from './en/asset';
import { closing } from './en/closing';
import { codes } from './en/codes';
import { coverage } from './en/coverage';
import { fibre } from './en/fibre';
import { fields } from './en/fields';
import { frame } from './en/frame';
import { layers } from './en/layers';
import { map } from './en/map';
import { screening } from './en/screening';

/** Every text in English, as complete as the Vietnamese. */
export const en: Record<keyof typeof vi, Message> = {
  ...frame,
  ...map,
  ...layers,
  ...asset,
  ...screening,
  ...coverage,
  ...closing,
  ...fibre,
  ...account,
  ...codes,
  ...fields,
};
