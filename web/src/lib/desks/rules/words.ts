import type { ClockLimit, RuleParameter, RuleSheet, RuleVersion } from '$lib/api/model';
import { named, speech, t } from '$lib/i18n/index.svelte';
import type { PlanLayerKey } from './plan-layers';

/** Whether the newest version lacks a number that the rule needs. */
export const isUnset = (rule: RuleSheet): boolean => rule.versions[0]?.is_unset ?? false;

/** What a parameter is called; one of a strip with the strip's number. */
export function parameterName(parameter: RuleParameter): string {
  const [list, number, name] = parameter.name.split('.');
  if (name === undefined) return named('parameter', list);
  return t('parameter.strip', { n: Number(number) + 1, name: named('parameter', name) });
}

/** A parameter's value with its unit, or that nobody has entered it. */
export function parameterValue(parameter: RuleParameter): string {
  if (parameter.value === null) return t('rules.unset');
  const number = speech.format.number(parameter.value, 2);
  return parameter.unit === 'metres' ? `${number} m` : number;
}

/** Numbers worth a line: those that are entered, and those that are needed. */
export const shownParameters = (version: RuleVersion): RuleParameter[] =>
  version.parameters.filter((parameter) => parameter.value !== null || parameter.required);

/** How long a period is. */
export function limitText(limit: ClockLimit): string {
  if (limit.kind === 'each_year') return t('clock.each_year', { day: String(limit.day ?? ''), month: String(limit.month ?? '') });
  return t(`clock.${limit.kind}`, { n: limit.count ?? 0 });
}

/** Along what the features of a layer are drawn, where rules measure from there; null where that says itself. */
export function drawingHint(layer: PlanLayerKey): string | null {
  const hint = named('planDraw', layer);
  return hint === layer ? null : hint;
}
