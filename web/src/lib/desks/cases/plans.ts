import type { YearlyPlanItem, YearlyPlans } from '$lib/api/model';
import { registry } from '$lib/state/registry.svelte';
import { named, speech, t } from '$lib/i18n/index.svelte';
import { sortFindings } from '../screening/verdicts';

type Meeting = YearlyPlanItem['meets'][number];
type Covered = NonNullable<YearlyPlans['coverage']>;

/** A structure as its request and its own number there name it. */
export const nameOfItem = ({ reference, number }: Pick<YearlyPlanItem, 'reference' | 'number'>): string => `${reference}/${number}`;

/** What speaks against a structure of a year's plans. */
export type Hindrance = 'none' | 'undecided' | 'some';

/** The server tells only what fails and what is undecided: a structure with neither, near nobody else's, is clear. */
export function hindranceOf({ findings, meets }: Pick<YearlyPlanItem, 'findings' | 'meets'>): Hindrance {
  const fails = sortFindings(findings).rules.some(({ verdict }) => verdict === 'does_not_comply');
  if (fails || 0 < meets.length) return 'some';
  return findings.length === 0 ? 'none' : 'undecided';
}

/** What two structures of the year mean for each other; nothing is asked about sharing where no host was judged. */
export function meetingText(meeting: Meeting): string {
  const against = meeting.against.length > 0 ? [t('plans.against', { rules: meeting.against.join(', ') })] : [];
  const share =
    meeting.can_share === true ? [t('plans.canShare')]
    : meeting.can_share === false ? [t('plans.cannotShare')]
    : meeting.distance_m !== null ? [t('plans.askShare')]
    : [];
  return [...against, ...share].join(' ');
}

/** The other structure, whose it is, and how far away. */
export function meetingName(meeting: Meeting): string {
  const owner = registry.organisation(meeting.applicant) ?? t('value.none');
  const distance = meeting.distance_m === null ? '' : `, ${speech.format.measured(meeting.distance_m, null, 'm')}`;
  return `${nameOfItem(meeting)} (${owner}${distance})`;
}

/** Who would be covered if everything were built, in one sentence. */
export function coverageText({ technology, people_uncovered, people_newly_covered, left }: Covered): string {
  return t('plans.covered', { technology: technology.toUpperCase(), uncovered: people_uncovered, gained: people_newly_covered, left: left.people });
}

/** What stays uncovered, one kind a line: what it is with how many there are, and their names. */
export interface LeftLine {
  label: string;
  names: string;
}

/** The hamlets and priority places that stay uncovered; those beyond the named ones are counted, none is a line of its own. */
export function leftLines({ left }: Covered): LeftLine[] {
  const hamlets = left.hamlets.map(({ name, people }) => t('plans.leftHamlet', { name, n: people }));
  const places = left.places.map(({ kind, name }) => name || named('place', kind));
  const lines = [
    { label: t('plans.leftHamlets', { n: left.hamlets_total }), names: hamlets, total: left.hamlets_total },
    { label: t('plans.leftPlaces', { n: left.places_total }), names: places, total: left.places_total },
  ].map(({ label, names, total }) => ({ label, names: enumerated(names, total - names.length) }));
  const unknown = left.places_unknown > 0 ? [{ label: t('plans.leftUnknown', { n: left.places_unknown }), names: t('plans.leftUnknownWhy') }] : [];
  return [...lines, ...unknown];
}

function enumerated(names: string[], others: number): string {
  if (names.length === 0 && others <= 0) return t('plans.leftNone');
  const all = names.join('; ');
  return others > 0 ? `${all} ${t('plans.andOthers', { n: others })}` : all;
}

/** How many structures that sentence counts, and what it takes for granted. */
export function coverageBasis({ counted, not_counted, assumptions }: Covered): string {
  const missing = not_counted > 0 ? [t('plans.notCounted', { n: not_counted })] : [];
  return [t('plans.counted', { n: counted }), ...missing, ...assumptions.map((one) => one[speech.language])].join(' ');
}

/** The years that can be asked for: those just past, and the horizon that plans are taken for. */
export function planYears(today: Date, asked: string): string[] {
  const years = Array.from({ length: 9 }, (_, index) => String(today.getFullYear() - 3 + index));
  return years.includes(asked) ? years : [asked, ...years].sort();
}

/** What one carrier hands in for the year. */
export interface CarrierPlans {
  applicant: string;
  submissions: YearlyPlans['submissions'];
  items: YearlyPlanItem[];
}

/** A year's plans by carrier, whoever handed in first before the others. */
export function plansByCarrier({ submissions, items }: Pick<YearlyPlans, 'submissions' | 'items'>): CarrierPlans[] {
  return [...new Set(submissions.map(({ applicant }) => applicant))].map((applicant) => {
    const own = submissions.filter((one) => one.applicant === applicant);
    const cases = new Set(own.map((one) => one.case));
    return { applicant, submissions: own, items: items.filter((item) => cases.has(item.case)) };
  });
}
