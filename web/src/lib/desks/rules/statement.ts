import type { PlanSheet, PlanStatement } from '$lib/api/model';
import { named, namesOf } from '$lib/i18n/index.svelte';

/** One target as its row in the form holds it. */
export interface TargetEntry {
  code: string;
  name_vi: string;
  name_en: string;
  value: number | null;
  unit: string;
  by: string;
  instrument: string;
}

/** What the plan says of itself, as the form holds it: empty text for what is not said. */
export interface StatementEntry {
  title_vi: string;
  title_en: string;
  instrument: string;
  valid_from: string;
  valid_to: string;
  synthetic: boolean;
  /** Years, parted by commas. */
  years: string;
  complete: string[];
  targets: TargetEntry[];
}

export const emptyTarget = (): TargetEntry => ({ code: '', name_vi: '', name_en: '', value: null, unit: '', by: '', instrument: '' });

/** What the plan says of itself now. */
export function statementOf(sheet: PlanSheet): StatementEntry {
  return {
    title_vi: sheet.title.vi,
    title_en: sheet.title.en,
    instrument: sheet.instrument,
    valid_from: sheet.valid_from ?? '',
    valid_to: sheet.valid_to ?? '',
    synthetic: sheet.synthetic,
    years: sheet.years_issued.join(', '),
    complete: [...sheet.complete],
    targets: sheet.targets.map(({ code, name, value, unit, by, instrument }) => ({
      code, name_vi: name.vi, name_en: name.en, value, unit, by: by ?? '', instrument: instrument ?? '',
    })),
  };
}

/** The years of a text; null when a part of it is no year. */
export function yearsOf(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  return parts.every((part) => /^\d{4}$/.test(part)) ? [...new Set(parts.map(Number))].sort((a, b) => a - b) : null;
}

/** What keeps the form from being saved. */
export type StatementFault = 'empty' | 'years' | 'days' | 'targets';

/** What is wrong with the entry; null when it can be saved. */
export function faultOf(entry: StatementEntry): StatementFault | null {
  if ([entry.title_vi, entry.title_en, entry.instrument].some((text) => text.trim() === '')) return 'empty';
  if (yearsOf(entry.years) === null) return 'years';
  if (entry.valid_from && entry.valid_to && entry.valid_to < entry.valid_from) return 'days';
  const codes = entry.targets.map(({ code }) => code.trim());
  const isWhole = ({ code, name_vi, name_en, value, unit }: TargetEntry): boolean =>
    [code, name_vi, name_en, unit].every((text) => text.trim() !== '') && typeof value === 'number';
  if (!entry.targets.every(isWhole) || new Set(codes).size < codes.length) return 'targets';
  return null;
}

/** What is said otherwise than before: lists are given whole, and a day that is taken away is null. */
export function saysOf(before: StatementEntry, now: StatementEntry): PlanStatement {
  const [was, is] = [whole(before), whole(now)];
  const names = Object.keys(is) as (keyof PlanStatement)[];
  return Object.fromEntries(names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name])).map((name) => [name, is[name]]));
}

function whole(entry: StatementEntry): PlanStatement {
  const given = (text: string): string | null => text.trim() || null;
  return {
    title: { vi: entry.title_vi.trim(), en: entry.title_en.trim() },
    instrument: entry.instrument.trim(),
    valid_from: given(entry.valid_from),
    valid_to: given(entry.valid_to),
    synthetic: entry.synthetic,
    complete: [...entry.complete].sort(),
    years_issued: yearsOf(entry.years) ?? [],
    targets: entry.targets.map(({ code, name_vi, name_en, value, unit, by, instrument }) => ({
      code: code.trim(),
      name: { vi: name_vi.trim(), en: name_en.trim() },
      value: value ?? 0,
      unit: unit.trim(),
      ...(by && { by }),
      ...(instrument.trim() && { instrument: instrument.trim() }),
    })),
  };
}

/** Layers of which a plan may say that it holds everything there is, and what it plans. */
const PARTS = ['planned', 'roads', 'dykes', 'canals', 'waterways', 'railways', 'power_lines', 'bridges', 'water_pipes'];

/** Every part that may be declared complete: layers, and each sort of zone that has a name, is in the plan or was declared. */
export function completeParts(declared: readonly string[], zones: readonly string[]): string[] {
  const sorts = [...namesOf('zone').map(([zone]) => zone), ...zones].map((zone) => `zone:${zone}`);
  return [...new Set([...PARTS, ...sorts, ...declared])];
}

/** What a part is called; a sort of zone by the zone's name. */
export const partName = (part: string): string =>
  part.startsWith('zone:') ? named('zone', part.slice('zone:'.length)) : named('planPart', part);
