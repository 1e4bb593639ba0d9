import type { Condition, ScreenedItem, ScreenedRequest } from '$lib/api/model';
import { named, t, type Key } from '$lib/i18n/index.svelte';
import { vi } from '$lib/i18n/vi';
import { registry } from '$lib/state/registry.svelte';

/** A unit as it is written after a number. */
export const unitText = (unit: string, value: number): string => (`unit.${unit}` in vi ? t(`unit.${unit}` as Key, { n: value }) : unit);

/** What is asked for: something new, or which standing structure is to be raised or widened. */
export const whatOf = ({ class: name, upgrades }: Pick<ScreenedRequest, 'class' | 'upgrades'>): string =>
  upgrades ? t('case.upgradeOf', { what: named('class', name), upgrades }) : named('requestClass', name);

/** Whether a request meets a condition of sharing, as far as it says. */
export const conditionText = ({ met }: Pick<Condition, 'met'>): string =>
  t(met === null ? 'conditions.notSaid' : met ? 'conditions.met' : 'conditions.unmet');

/** Who would be newly covered, in one sentence. */
export const effectText = ({ people_newly_covered, technology, network }: NonNullable<ScreenedItem['coverage_effect']>): string =>
  t('effect.sentence', { n: people_newly_covered, technology: technology.toUpperCase(), network: registry.network(network) });
