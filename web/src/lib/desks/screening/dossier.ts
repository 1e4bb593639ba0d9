import type { RuleSetSheet, RuleSheet } from '$lib/api/model';
import { speech, t } from '$lib/i18n/index.svelte';
import type { RequestClass, RequestFields } from './request';

/** Every word for what a dossier may carry, in the order of the server's list. */
export const DOCUMENTS = [
  'sharing_requests', 'owner_answers', 'classification', 'position', 'form', 'main_specs', 'schedule', 'coverage_need',
  'pole_owner_consent', 'identification_marks', 'waterway_clearance_drawing', 'concrete_cover', 'emf_certificate',
  'lightning_protection', 'disaster_level_4',
] as const;
type DocumentWord = (typeof DOCUMENTS)[number];

/** What any structure is described by. */
const DESIGN: DocumentWord[] = ['position', 'form', 'main_specs', 'schedule'];
/** What is asked where something that stands could be shared instead. */
const SHARING: DocumentWord[] = ['sharing_requests', 'owner_answers', 'classification'];
const OF_CLASS: Record<RequestClass, DocumentWord[]> = {
  mast: [...SHARING, ...DESIGN, 'coverage_need', 'lightning_protection', 'disaster_level_4'],
  radio_station: [...DESIGN, 'coverage_need', 'emf_certificate'],
  aerial_route: [...SHARING, ...DESIGN, 'pole_owner_consent', 'identification_marks', 'waterway_clearance_drawing'],
  pole: [...SHARING, ...DESIGN],
  duct: [...SHARING, ...DESIGN, 'concrete_cover'],
  manhole: [...SHARING, ...DESIGN],
  trench: [...SHARING, ...DESIGN],
  cabinet: DESIGN,
  host: DESIGN,
};

/** The documents that may be ticked: those that count for the class, and whatever the list holds already. */
export function documentsOf(requested: RequestClass, there: readonly string[]): string[] {
  const own: string[] = OF_CLASS[requested];
  return [...own, ...there.filter((word) => !own.includes(word))];
}

/** A word taken into a list, or out of it. */
export const toggled = (list: readonly string[], word: string): string[] =>
  list.includes(word) ? list.filter((other) => other !== word) : [...list, word];

/** The set that holds everywhere, beside the local one. */
const NATIONAL = 'national';

/** The rules in force of the two sets that answer together, whose approval is another authority's to give to the class. */
export function gatesOf(sets: readonly RuleSetSheet[], local: string, requested: RequestClass): RuleSheet[] {
  const judging = sets.filter(({ code }) => code === NATIONAL || code === local);
  return judging.flatMap(({ rules }) => rules).filter((rule) => rule.gate && rule.in_force !== null && rule.subjects.includes(requested));
}

/** The gate of a rule in any set; null for a rule that nobody knows or that the office answers. */
export const gateOf = (sets: readonly RuleSetSheet[], id: string): RuleSheet | null =>
  sets.flatMap(({ rules }) => rules).find((rule) => rule.id === id && rule.gate) ?? null;

/** Whose approval it is, and which. */
export function approvalText({ gate }: Pick<RuleSheet, 'gate'>): string {
  if (!gate) return '';
  const text = t('dossier.approval', { authority: gate.authority[speech.language], approval: gate.approval[speech.language] });
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** How far the dossier is told, in a few words; that nobody has begun to list its documents is told too. */
export function dossierState({ documents, approvals = [] }: RequestFields): string {
  const parts = [
    documents ? t('dossier.documentCount', { n: documents.length }) : t('dossier.notListed'),
    ...(approvals.length > 0 ? [t('dossier.approvalCount', { n: approvals.length })] : []),
  ];
  return parts.join(' · ');
}
