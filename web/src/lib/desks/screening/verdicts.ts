import type { Finding, ScreenedItem, Text, Verdict } from '$lib/api/model';
import { named, speech, t } from '$lib/i18n/index.svelte';

/** The worst first. */
const ORDER: readonly Verdict[] = ['does_not_comply', 'cannot_tell', 'complies', 'does_not_apply'];

/** Findings as people read them, the worst first. */
export interface SortedFindings {
  /** What the office judges. */
  rules: Finding[];
  /** What another authority decides: an approval that is not on file is asked for, not failed. */
  gates: Finding[];
  /** What is reported to another authority, which decides nothing. */
  owed: Finding[];
  /** What does not apply. */
  silent: Finding[];
}

/** Which list of words a finding's verdict is told in. */
export type VerdictList = 'verdict' | 'gate' | 'owed';

/** The list for a rule of the office, for an approval of another authority, or for a report that is owed to it. */
export const listOf = ({ gate }: Pick<Finding, 'gate'>): VerdictList => (gate?.owed ? 'owed' : gate ? 'gate' : 'verdict');

/** Whose approval a gate is, or to whom a report is owed, and which. */
export function gateText({ authority, approval, owed }: NonNullable<Finding['gate']>): string {
  const who = authority[speech.language];
  return `${owed ? t('owed.to', { authority: who }) : who} · ${approval[speech.language]}`;
}

/** Sorts what the office judges from what another authority decides and from what it is only told. */
export function sortFindings(findings: readonly Finding[]): SortedFindings {
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const applying = sorted.filter(({ verdict }) => verdict !== 'does_not_apply');
  return {
    rules: applying.filter(({ gate }) => !gate),
    gates: applying.filter(({ gate }) => gate && !gate.owed),
    owed: applying.filter(({ gate }) => gate?.owed),
    silent: sorted.filter(({ verdict }) => verdict === 'does_not_apply'),
  };
}

/** How many findings come out how, in words: the office's, those of other authorities, then the reports that are owed. */
export function summaryOf(findings: readonly Finding[]): string[] {
  const { rules, gates, owed, silent } = sortFindings(findings);
  const own = countsOf([...rules, ...silent], 'verdict');
  const others = countsOf(gates, 'gate');
  const reports = countsOf(owed, 'owed');
  return [
    ...(own ? [own] : []),
    ...(others ? [t('gates.counts', { counts: others })] : []),
    ...(reports ? [t('reports.counts', { counts: reports })] : []),
  ];
}

function countsOf(findings: readonly Finding[], list: VerdictList): string {
  const count = (verdict: Verdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  const some = ORDER.map((verdict) => ({ verdict, n: count(verdict) })).filter(({ n }) => 0 < n);
  return some.map(({ verdict, n }) => `${n} ${named(list, verdict).toLocaleLowerCase()}`).join(' · ');
}

/** Everything that the answer to one structure takes for granted, each sentence once. */
export function assumptionsOf({ findings, hosts, way, coverage_effect: effect }: ScreenedItem): Text[] {
  const all = [
    ...findings.flatMap(({ assumptions }) => assumptions),
    ...hosts.flatMap(({ assumptions, fails_together }) => [...assumptions, ...(fails_together?.assumptions ?? [])]),
    ...(way?.assumptions ?? []),
    ...(effect?.assumptions ?? []),
  ];
  return [...new Map(all.map((one) => [one.vi, one])).values()];
}
