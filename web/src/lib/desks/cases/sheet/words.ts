import type { DigOnce, Finding, Host, Text } from '$lib/api/model';
import { speech, t } from '$lib/i18n/index.svelte';
import { unitText } from '../../screening/words';

/** A sentence of its own: what is missing, after its label. */
const missingText = (missing: readonly Text[]): string[] =>
  missing.length > 0 ? [`${t('finding.missing')}: ${missing.map((one) => one[speech.language]).join('; ')}.`] : [];

/** What a finding rests on beside its reason: the numbers compared, what is missing, and what reads the text otherwise. */
export function findingNotes({ measured, limit, missing, contradicts }: Finding): string[] {
  const { format } = speech;
  const numbers = [
    ...(measured ? [`${t('finding.measured')}: ${format.measured(measured.value, measured.accuracy, unitText(measured.unit, measured.value))}`] : []),
    ...(limit ? [`${t('finding.limit')}: ${format.measured(limit.value, null, unitText(limit.unit, limit.value))}`] : []),
  ];
  return [
    ...(numbers.length > 0 ? [`${numbers.join(' · ')}.`] : []),
    ...missingText(missing),
    ...(contradicts.length > 0 ? [t('finding.contradicts', { rules: contradicts.join(', ') })] : []),
  ];
}

/** Why a structure cannot simply be shared, and what to do next. */
export function hostNotes(host: Host): string[] {
  const reasons = host.verdict === 'shareable' ? [] : host.reasons.map((one) => one[speech.language]);
  return [...reasons, `${t('host.next')}: ${speech.language === 'vi' ? host.next_step_vi : host.next_step_en}`];
}

/** From when to when the ground is open, as far as that is known. */
export function windowText({ starts_on, ends_on }: DigOnce): string {
  const day = (text: string | null): string => (text ? speech.format.day(text) : t('works.unknownDay'));
  return t('works.window', { from: day(starts_on), to: day(ends_on) });
}

/** Why works meet the request, and the dates that would decide it. */
export const worksNotes = ({ missing }: DigOnce): string[] => missingText(missing);
