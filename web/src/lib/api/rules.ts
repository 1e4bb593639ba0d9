import type { Feature } from 'geojson';
import { get, post, sendFile } from './client';
import type { ClockChange, OutlineChange, OutlineSheet, PlanChange, PlannedImport, PlanSheet, RecordChange, RuleChange, RuleSetSheet, Undecided } from './model';

/** Every rule set with its rules, their versions, numbers and citations. */
export const fetchRuleSets = async (signal?: AbortSignal): Promise<RuleSetSheet[]> =>
  (await get<{ rule_sets: RuleSetSheet[] }>('/api/v1/rule-sets', {}, signal)).rule_sets;

/** Enters the numbers of a rule as its next version. */
export const amendRule = (set: string, rule: string, change: RuleChange): Promise<RuleSetSheet> =>
  post(`/api/v1/rule-sets/${encodeURIComponent(set)}/rules/${encodeURIComponent(rule)}`, change);

/** Enters how long a period is, or until when, as the clock's next version. */
export const amendClock = (set: string, clock: string, change: ClockChange): Promise<RuleSetSheet> =>
  post(`/api/v1/rule-sets/${encodeURIComponent(set)}/clocks/${encodeURIComponent(clock)}`, change);

const areaAddress = (set: string): string => `/api/v1/rule-sets/${encodeURIComponent(set)}/area`;

/** Every change of a set, the newest first. */
export const fetchRuleSetChanges = (set: string, signal?: AbortSignal): Promise<RecordChange[]> =>
  get(`/api/v1/rule-sets/${encodeURIComponent(set)}/changes`, {}, signal);

/** Where a set holds. */
export const fetchRuleSetArea = (set: string, signal?: AbortSignal): Promise<Feature> => get(areaAddress(set), {}, signal);

/** Where a set is to hold. */
export type AreaFrom = 'outline' | 'file' | 'everywhere';

/** Sets, replaces or takes away the area in which a local set holds. */
export const setRuleSetArea = (set: string, file: Blob, said: { from: AreaFrom; seen_version: number; reason: string }): Promise<RuleSetSheet> =>
  sendFile(areaAddress(set), file, said);

/** The plan in force; null while none is loaded. */
export const fetchPlanSheet = (signal?: AbortSignal): Promise<PlanSheet | null> => get('/api/v1/plan', {}, signal);

/** Changes one part of the plan: a feature, a planned structure, or what it says of itself. */
export const amendPlan = (change: PlanChange): Promise<{ version: number }> => post('/api/v1/plan/changes', change);

/** Brings a file of planned objects into the plan, or says what would come of it. */
export const importPlanned = (
  file: File,
  query: { class: string; owner: string; seen_version: number; reason: string; dry_run: boolean },
): Promise<PlannedImport> => sendFile('/api/v1/plan/imports', file, { file: file.name, ...query, dry_run: String(query.dry_run) }, {});

/** Where the workbook of a class is downloaded. */
export const templateAddress = (assetClass: string, planned: boolean): string =>
  `/api/v1/templates/${assetClass}${planned ? '?planned=true' : ''}`;

/** Where the whole plan is downloaded, as it was at the end of a day; as it is now for an empty day. */
export const planExportAddress = (day: string): string =>
  `/api/v1/plan-export${day ? `?as_of=${encodeURIComponent(day)}` : ''}`;

/** How much nobody can tell of the open requests, or of probes all over the territory, and what would decide it. */
export const fetchUndecided = (probed: string, ruleset: string, signal?: AbortSignal): Promise<Undecided> =>
  get('/api/v1/undecided', { probed, ruleset }, signal);

/** The territory's outline in numbers, with its changes; null while none is loaded. */
export const fetchOutline = (signal?: AbortSignal): Promise<OutlineSheet | null> => get('/api/v1/outline', {}, signal);

/** What is said of a new outline besides the file; what is left empty stays as it was. */
export interface OutlineSaid {
  seen_version: number;
  name: string;
  people: number | null;
  valid_on: string;
  reason: string;
}

/** Changes the territory's outline to the area of a file. */
export const amendOutline = (file: File, said: OutlineSaid): Promise<OutlineChange> => sendFile('/api/v1/outline', file, { ...said });

/** What would come of the outline in a file; nothing is written. */
export const lookAtOutline = (file: File): Promise<OutlineChange> => sendFile('/api/v1/outline', file, { dry_run: 'true' });
