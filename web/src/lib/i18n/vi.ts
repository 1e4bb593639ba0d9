import { account } from './vi/account';
import { accounts } from './vi/accounts';
import { asset } from './vi/asset';
import { closing } from './vi/closing';
import { cases } from './vi/cases';
import { codes } from './vi/codes';
import { coverage } from './vi/coverage';
import { fibre } from './vi/fibre';
import { fields } from './vi/fields';
import { frame } from './vi/frame';
import { imports } from './vi/imports';
import { layers } from './vi/layers';
import { link } from './vi/link';
import { map } from './vi/map';
import { registry } from './vi/registry';
import { oversight } from './vi/oversight';
import { outline } from './vi/outline';
import { plan } from './vi/plan';
import { rules } from './vi/rules';
import { screening } from './vi/screening';
import { works } from './vi/works';
import { sources } from './vi/sources';

/** Every text in Vietnamese, the language of the office; a desk's texts have a file of their own. */
export const vi = {
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
