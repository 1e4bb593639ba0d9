import type { Changed, Outcome, ScreenedItem, ShownCase } from '$lib/api/model';
import { named, spoken, t, type Key } from '$lib/i18n/index.svelte';

/** The rule, host, work or condition that an outcome is about, as addresses name it. */
export const partOf = ({ rule, asset, works, condition }: Pick<Outcome, 'rule' | 'asset' | 'works' | 'condition'>): string =>
  rule ?? asset ?? works ?? condition ?? '';

/** What a part is called for people, from the answer that it belongs to. */
export function nameOf(outcome: Outcome, answers: ScreenedItem[]): string {
  const item = answers[outcome.item - 1];
  const part = partOf(outcome);
  if (outcome.about === 'rule') {
    const finding = item?.findings.find(({ rule }) => rule === part);
    return finding ? `${part} · ${spoken(finding, 'name')}` : part;
  }
  if (outcome.about === 'host') {
    const host = item?.hosts.find(({ asset }) => asset === part);
    return host ? `${named('class', host.class)} ${host.code || t('asset.noCode')}` : t('change.newHost');
  }
  if (outcome.about === 'condition') return named('condition', part);
  return t('change.works', { code: part });
}

/** The list of each part's verdicts, and what its number is. */
const WORDS: Record<string, { list: string; figure: Key }> = {
  rule: { list: 'verdict', figure: 'change.measured' },
  host: { list: 'hostVerdict', figure: 'change.free' },
  works: { list: 'worksVerdict', figure: 'change.overlap' },
  condition: { list: 'conditionVerdict', figure: 'change.condition' },
};

/** The word of a verdict, with its number where it has one. */
export function verdictOf(outcome: Outcome): string {
  const { list, figure: key } = WORDS[outcome.about] ?? WORDS.works!;
  const word = named(list, outcome.verdict);
  if (outcome.figure === null || outcome.figure === undefined) return word;
  const unit = outcome.about === 'rule' && outcome.unit ? ` ${named('unit', outcome.unit)}` : '';
  return `${word} (${t(key, { n: outcome.figure })}${unit})`;
}

/** The outcome that a change is about: as it is, or as it was when it is gone. */
export const either = ({ now, before }: Changed): Outcome => (now ?? before)!;

/** Whether a part of the newest screening is no longer what it was. */
export const isChanged = (shown: ShownCase, item: number, about: string, part: string): boolean =>
  shown.changes.map(either).some((one) => one.item === item && one.about === about && partOf(one) === part);
