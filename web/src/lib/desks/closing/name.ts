import type { ClosingChoice, ClosingCompared } from '$lib/api/model';
import { named, speech, t } from '$lib/i18n/index.svelte';

/** An option in words: its owner's code, or the place of a new mast. */
export function nameOf({ code, at, means }: Pick<ClosingChoice, 'code' | 'at' | 'means'>): string {
  if (code) return code;
  const place = at.map((degrees) => speech.format.degrees(degrees)).join('; ');
  return means === 'new_mast' ? t('closing.newPlace', { place }) : t('asset.noCode');
}

/** The same for an option of which only key and means are at hand. */
export const nameOfCompared = ({ code, means }: ClosingCompared): string => code ?? named('means', means).toLocaleLowerCase();
