import type { Opportunity } from '$lib/api/model';
import { t } from '$lib/i18n/index.svelte';
import { registry } from '$lib/state/registry.svelte';

type Answered = Opportunity['answered'];
type Need = Opportunity['needs'][number];

/** Whether no organisation has answered to a work. */
export const isUnanswered = ({ interested, not_interested, place_ducts }: Answered): boolean =>
  interested + not_interested + place_ducts === 0;

/** What organisations have answered to a work, without their names. */
export function answeredText(answered: Answered): string {
  const { interested, not_interested, place_ducts, ducts } = answered;
  if (isUnanswered(answered)) return t('works.unanswered');
  return t('opportunity.answered', { interested, wanting: place_ducts, ducts, not: not_interested });
}

/** What a need is known by, and whose it is; an answer is known by its organisation alone, where the viewer may know it. */
export function needName({ kind, code, organisation }: Pick<Need, 'kind' | 'code' | 'organisation'>): string {
  const owner = registry.organisation(organisation);
  if (kind === 'answer') return owner ?? t('opportunity.unnamed');
  return owner ? `${code} (${owner})` : code;
}
