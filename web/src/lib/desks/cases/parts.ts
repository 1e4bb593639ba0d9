import type { Changed, Outcome, ScreenedItem, ShownCase, ShownVerdict } from '$lib/api/model';
import { named, speech, spoken, t, type Key } from '$lib/i18n/index.svelte';
import { unitText } from '../screening/words';

/** The rule, host, work or condition that an outcome is about, as addresses name it; empty for the way, of which there is one. */
export const partOf = ({ rule, asset, works, condition }: Pick<Outcome, 'rule' | 'asset' | 'works' | 'condition'>): string =>
  rule ?? asset ?? works ?? condition ?? '';

/** What officers give their opinion on. */
export type Rated = 'rule' | 'host' | 'works' | 'way';

/** What a part is called for people, from the answer that it belongs to. */
export function nameOf(about: string, part: string, item: ScreenedItem | undefined): string {
  if (about === 'rule') {
    const finding = item?.findings.find(({ rule }) => rule === part);
    return finding ? `${part} · ${spoken(finding, 'name')}` : part;
  }
  if (about === 'host') {
    const host = item?.hosts.find(({ asset }) => asset === part);
    return host ? `${named('class', host.class)} ${host.code || t('asset.noCode')}` : t('change.newHost');
  }
  if (about === 'condition') return named('condition', part);
  if (about === 'way') return t('way.title');
  return t('change.works', { code: part });
}

/** The list of each part's verdicts, and what its number is. */
const WORDS: Record<string, { list: string; figure: Key }> = {
  rule: { list: 'verdict', figure: 'change.measured' },
  host: { list: 'hostVerdict', figure: 'change.free' },
  works: { list: 'worksVerdict', figure: 'change.overlap' },
  way: { list: 'wayVerdict', figure: 'change.withRoom' },
};

/** What the number of a condition counts. */
const CONDITIONS: Record<string, Key> = { build_for_operators: 'change.forOperators', leave_bores: 'change.leaveBores' };

/** The word of a verdict, with its number where it has one. */
export function verdictOf(outcome: Outcome): string {
  const { about, figure } = outcome;
  const isCondition = about === 'condition';
  const { list, figure: key } = isCondition ? { list: 'conditionVerdict', figure: CONDITIONS[outcome.condition ?? ''] } : (WORDS[about] ?? WORDS.works!);
  const word = named(list, outcome.verdict);
  if (figure === null || figure === undefined || !key) return word;
  // Where every owner must be asked, no metre has room for certain.
  if (about === 'way' && figure === 0) return word;
  const unit = about === 'rule' && outcome.unit ? ` ${unitText(outcome.unit, figure)}` : '';
  return `${word} (${t(key, { n: figure })}${unit})`;
}

/** The version of the rule that an outcome rests on; null for what rests on no rule. */
function versionOf({ grounds }: Outcome): string | null {
  const found = grounds?.find((ground) => ground.startsWith('version '));
  return found?.slice('version '.length) ?? null;
}

/** What became of a part: its word as it was and as it is, and what else it rests on now. */
export function changeText({ before, now }: Changed): string {
  if (!before || !now) return now ? t('change.appeared', { verdict: verdictOf(now) }) : t('change.gone', { verdict: verdictOf(before!) });
  const [was, is] = [verdictOf(before), verdictOf(now)];
  const [earlier, later] = [versionOf(before), versionOf(now)];
  const version = earlier && later && earlier !== later ? t('change.version', { before: earlier, now: later }) : null;
  const words = was === is ? [is, ...(version ? [] : [t('change.grounds')])] : [`${was} → ${is}`];
  return [...words, ...(version ? [version] : [])].join(' · ');
}

/** The outcome that a change is about: as it is, or as it was when it is gone. */
export const either = ({ now, before }: Changed): Outcome => (now ?? before)!;

/** Whether a part of the newest screening is no longer what it was. */
export const isChanged = (shown: ShownCase, item: number, about: string, part: string): boolean =>
  shown.changes.map(either).some((one) => one.item === item && one.about === about && partOf(one) === part);

/** What the officers think of a part of the newest screening. */
export interface Standing {
  /** What was said of it, however long ago. */
  given: ShownVerdict | undefined;
  /** Whether the part is no longer what was screened. */
  changed: boolean;
  /** The word that holds now: an opinion on what has changed since is to be given again. */
  opinion: string;
}

/** What the officers think of a part. */
export function standingOf(shown: ShownCase, item: number, about: string, part: string): Standing {
  const given = shown.verdicts.find((one) => one.item === item && one.about === about && partOf(one) === part);
  const changed = isChanged(shown, item, about, part);
  return { given, changed, opinion: given && (given.rerate || changed) ? 'rerate' : (given?.opinion ?? 'not_rated') };
}

/** An opinion as paper says it: the word, the day on which it was given, and why. */
export function standingText({ given, opinion }: Standing): string {
  const word = named('opinion', opinion);
  if (!given) return word;
  const dated = `${word} (${speech.format.moment(new Date(given.at))})`;
  return given.reason ? `${dated}: ${given.reason}` : dated;
}

/** The structures that could host what is asked, of which no officer's word stands: until then nothing new can conform. */
export function unjudgedHosts(shown: ShownCase): number {
  const items = shown.screening?.answer.items ?? [];
  const hosts = items.flatMap(({ request, hosts }, index) => (request.upgrades ? [] : hosts.map((host) => ({ host, item: index + 1 }))));
  const could = hosts.filter(({ host }) => host.verdict === 'shareable' || host.verdict === 'shareable_after_works');
  return could.filter(({ host, item }) => !['agree', 'disagree'].includes(standingOf(shown, item, 'host', host.asset).opinion)).length;
}

/** The rules that the newest screening does not find met, each once: what does not yet conform cites some of them. */
export function openRules(shown: ShownCase): { rule: string; name: string; verdict: string }[] {
  const findings = (shown.screening?.answer.items ?? []).flatMap((item) => item.findings.map((finding) => ({ finding, item })));
  const open = findings.filter(({ finding }) => ['does_not_comply', 'cannot_tell'].includes(finding.verdict));
  const named = open.map(({ finding, item }) => [finding.rule, { rule: finding.rule, name: nameOf('rule', finding.rule, item), verdict: finding.verdict }] as const);
  // The worst verdict of a rule is told: of several structures one may fail where others are unclear.
  return [...new Map(named.sort(([, a], [, b]) => (a.verdict === b.verdict ? 0 : a.verdict === 'cannot_tell' ? -1 : 1))).values()].reverse();
}

/** Whether officers' opinions stand beside the parts: they are on the office's own screening only. */
export const isJudged = ({ screening, steps, verdicts }: ShownCase): boolean =>
  screening !== null && !screening.by_applicant && (steps.includes('judge') || 0 < verdicts.length);
