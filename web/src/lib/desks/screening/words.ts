import { t, type Key } from '$lib/i18n/index.svelte';
import { vi } from '$lib/i18n/vi';

/** A unit as it is written after a number. */
export const unitText = (unit: string): string => (`unit.${unit}` in vi ? t(`unit.${unit}` as Key) : unit);
