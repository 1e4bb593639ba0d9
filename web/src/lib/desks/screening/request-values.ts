import type { Key } from '$lib/i18n/index.svelte';
import type { Values } from '$lib/i18n/message';
import { DOCUMENTS } from './dossier';
import { listed, WORDS, type FieldName } from './request';

/** A sentence, not yet in a language. */
export interface Said {
  key: Key;
  values: Values;
}

/** Codes that the registry names; null while nobody has read them: then nothing is held against them. */
export interface Known {
  owners: readonly string[] | null;
  networks: readonly string[] | null;
}

type Read = { value: unknown } | Said;
type Reader = (value: unknown) => Read;

export const isOk = (read: Read): read is { value: unknown } => 'value' in read;

/** Nothing is said by a missing value, by `null` and by an empty text. */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** The longest part of a value that is shown. */
const SHOWN = 60;

/** A value as a person may read it in a sentence. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

const refused = (key: Key, value: unknown, more: Values = {}): Said => ({ key, values: { value: quoted(value), ...more } });

const text: Reader = (value) =>
  typeof value === 'string' || typeof value === 'number' ? { value: String(value).trim() } : refused('requestFile.notText', value);

const oneOf = (words: readonly string[]): Reader => (value) => {
  const read = text(value);
  return !isOk(read) || words.includes(String(read.value)) ? read : refused('requestFile.unknownWord', value, { words: words.join(', ') });
};

const named = (codes: readonly string[] | null): Reader => (value) => {
  const read = text(value);
  return !isOk(read) || !codes || codes.includes(String(read.value)) ? read : refused('requestFile.unnamed', value);
};

/** As programs write numbers: a point before decimals and nothing else. */
const PLAIN = /^\d+(?:\.\d+)?$/;

const number: Reader = (value) => {
  const read = typeof value === 'string' && PLAIN.test(value.trim()) ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) && 0 <= read ? { value: read } : refused('requestFile.notNumber', value);
};

const whole: Reader = (value) => {
  const read = number(value);
  return isOk(read) && Number.isInteger(read.value) ? read : refused('requestFile.notWhole', value);
};

const YES = ['true', '1', 'yes', 'c\u00f3'];
const NO = ['false', '0', 'no', 'kh\u00f4ng'];
const yesOrNo: Reader = (value) => {
  const word = String(value).trim().toLowerCase();
  return YES.includes(word) ? { value: true } : NO.includes(word) ? { value: false } : refused('requestFile.notYesOrNo', value);
};

const day: Reader = (value) => {
  const written = typeof value === 'string' ? value.trim().replaceAll('/', '-') : '';
  const date = /^\d{4}-\d{2}-\d{2}$/.test(written) ? new Date(`${written}T00:00:00Z`) : new Date(NaN);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
  return isDay ? { value: written } : refused('requestFile.notDay', value);
};

const words = (known: readonly string[] | null): Reader => (value) => {
  const isList = Array.isArray(value) && value.every((word) => typeof word === 'string');
  if (typeof value !== 'string' && !isList) return refused('requestFile.notList', value);
  const list = [...new Set(listed(value))];
  const strange = known ? list.filter((word) => !known.includes(word)) : [];
  return strange.length === 0 ? { value: list } : refused('requestFile.unknownWord', strange.join('; '), { words: known!.join(', ') });
};

/** How a property is read; undefined for one that no request has. */
export function fieldReader(name: string, known: Known): Reader | undefined {
  const readers: Record<FieldName | 'documents' | 'approvals', Reader> = {
    owner: named(known.owners),
    network: named(known.networks),
    code: text,
    upgrades: text,
    pole: text,
    plan_year: whole,
    accuracy_m: number,
    height_m: number,
    on_building: yesOrNo,
    building_height_m: number,
    operators_designed: whole,
    depth_m: number,
    bores: whole,
    bore_diameter_mm: number,
    mast_class: oneOf(WORDS.mast_class!),
    half_width_m: number,
    clearance_m: number,
    surface: oneOf(WORDS.surface!),
    documents: words(DOCUMENTS),
    approvals: words(null),
    starts_on: day,
    ends_on: day,
  };
  return Object.hasOwn(readers, name) ? readers[name as FieldName] : undefined;
}
