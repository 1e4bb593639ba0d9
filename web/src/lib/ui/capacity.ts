import type { Free } from '$lib/api/model';
import { named, t } from '$lib/i18n/index.svelte';

/** A free capacity in words. What is unknown says why, and is never shown as a number. */
export function freeText(free: Free | null | undefined): string {
  if (!free) return t('value.none');
  if ('known' in free) return t('free.known', { n: free.known });
  return t('free.unknown', { reason: named('reason', free.unknown) });
}
