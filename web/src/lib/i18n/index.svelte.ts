import type { Language } from '$lib/state/url';
import { en } from './en';
import { Format } from './format';
import { fill, type Message, type Values } from './message';
import { vi } from './vi';

/** Every text that the app may show. */
export type Key = keyof typeof vi;

const TEXTS: Record<Language, Record<Key, Message>> = { vi, en };

class Speech {
  language = $state<Language>('vi');
  format = $derived(new Format(this.language));
}

/** The language in use, and how it writes numbers. */
export const speech = new Speech();

/** The text of a key in the language in use; numbers in it are written as that language does. */
export function t(key: Key, values?: Values): string {
  const write = (value: string | number) => (typeof value === 'number' ? speech.format.number(value, 1) : value);
  return fill(TEXTS[speech.language][key], values, write);
}

/** The name of a code of a list, for example `class` and `mast`; a code without a name is shown as it is. */
export function named(list: string, code: string | null | undefined): string {
  if (!code) return t('value.none');
  const key = `${list}.${code}`;
  return key in vi ? t(key as Key) : code;
}

/** Every code of a list with its name in the language in use. */
export const namesOf = (list: string): [string, string][] =>
  Object.keys(vi).filter((key) => key.startsWith(`${list}.`)).map((key) => [key.slice(list.length + 1), t(key as Key)]);

/** Chooses the half of a pair such as `reason_vi` and `reason_en` that the language in use wants. */
export function spoken(item: object, field: string): string {
  const pair = item as Record<string, unknown>;
  const text = pair[`${field}_${speech.language}`] ?? pair[`${field}_vi`] ?? '';
  return String(text);
}
