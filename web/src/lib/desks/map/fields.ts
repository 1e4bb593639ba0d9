import type { AssetFeature, Tenancy } from '$lib/api/model';
import { named, speech, t, type Key } from '$lib/i18n/index.svelte';
import { vi } from '$lib/i18n/vi';
import { registry } from '$lib/state/registry.svelte';

/** One line of the details of an asset. */
export interface FieldLine {
  label: string;
  value: string;
}

/** Fields shown elsewhere in the panel, or meant for machines. */
const ELSEWHERE = ['class', 'code', 'free', 'generalised', 'id', 'replaced_by'];
/** The last part of a field's name says its unit. */
const UNITS: Record<string, string> = { m: 'm', m2: 'm²', kw: 'kW', h: 'h', mhz: 'MHz', deg: '°', degs: '°', dbm: 'dBm', pct: '%', mm: 'mm' };
/** Fields whose values are codes of a list. */
const LISTS: Record<string, string> = { status: 'status', survey_method: 'survey', surface: 'surface', kind: 'kind' };

/** Every field of an asset with its name, its value as the language writes it, and the reason where it is missing. */
export function fieldsOf({ properties }: AssetFeature): FieldLine[] {
  return Object.entries(properties)
    .filter(([name]) => !ELSEWHERE.includes(name) && !name.endsWith('_null'))
    .map(([name, value]) => ({ label: labelOf(name), value: valueOf(name, value, properties[`${name}_null`]) }))
    .filter(({ value }) => value !== '');
}

function labelOf(name: string): string {
  const key = `field.${name}`;
  return key in vi ? t(key as Key) : name;
}

function valueOf(name: string, value: unknown, reason: unknown): string {
  if (reason) return t('value.unknownBecause', { reason: named('reason', String(reason)) });
  if (value === null || value === undefined || value === '') return '';
  if (name === 'tenants') return (value as Tenancy[]).map(tenancyText).join('; ');
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (name === 'network') return registry.network(String(value));
  if (name === 'owner' || name === 'manager') return registry.organisation(String(value)) ?? '';
  if (LISTS[name]) return named(LISTS[name], String(value));
  if (name.endsWith('_on')) return speech.format.day(String(value));
  const unit = UNITS[name.split('_').at(-1)!] ?? '';
  const written = typeof value === 'number' ? speech.format.number(value, 2) : String(value);
  const spread = name.startsWith('accuracy_') ? '±\u00a0' : '';
  return unit ? `${spread}${written}\u00a0${unit}` : written;
}

function tenancyText({ tenant, network, since }: Tenancy): string {
  const parts = [registry.organisation(tenant), network && registry.network(network), since && speech.format.day(since)];
  return parts.filter(Boolean).join(', ');
}
