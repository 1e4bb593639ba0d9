import { get, post } from './client';
import type { PlanChange, PlanSheet, RuleChange, RuleSetSheet } from './model';

/** Every rule set with its rules, their versions, numbers and citations. */
export const fetchRuleSets = async (signal?: AbortSignal): Promise<RuleSetSheet[]> =>
  (await get<{ rule_sets: RuleSetSheet[] }>('/api/v1/rule-sets', {}, signal)).rule_sets;

/** Enters the numbers of a rule as its next version. */
export const amendRule = (set: string, rule: string, change: RuleChange): Promise<RuleSetSheet> =>
  post(`/api/v1/rule-sets/${encodeURIComponent(set)}/rules/${encodeURIComponent(rule)}`, change);

/** The plan in force; null while none is loaded. */
export const fetchPlanSheet = (signal?: AbortSignal): Promise<PlanSheet | null> => get('/api/v1/plan', {}, signal);

/** Adds, moves or retires one object or zone of the plan. */
export const amendPlan = (change: PlanChange): Promise<{ version: number }> => post('/api/v1/plan/changes', change);
