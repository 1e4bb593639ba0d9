import type { Geometry } from 'geojson';
import type { PlanChange, PlanFeatureLayer } from '$lib/api/model';
import { changesOf, namesOf, type FormValues } from '../registry/form';
import { classOf, fieldsOf, type PlanLayerKey, type PlanRow } from './plan-layers';

/** A change of the plan before its reason and the version that was seen are added. */
export type PlanDeed = Omit<PlanChange, 'seen_version' | 'reason'>;

/** What a form about one feature holds. */
export interface PlanEntry {
  layer: PlanLayerKey;
  /** What is changed; null for a new feature. */
  row: PlanRow | null;
  before: FormValues;
  now: FormValues;
  /** For whom a structure is planned. */
  owner: string;
  /** Where it is from now on; null where that stays as it is. */
  geometry: Geometry | null;
}

/** The names of the fields that a layer's form has. */
export function fieldNames(layer: PlanLayerKey): string[] {
  const planned = classOf(layer);
  return planned ? namesOf(planned) : fieldsOf(layer).map(({ name }) => name);
}

/** What would be sent; null while something that must be there is missing, or nothing would change. */
export function deedOf(entry: PlanEntry): PlanDeed | null {
  const { layer, row, now, owner } = entry;
  const planned = classOf(layer);
  const isMissing = fieldsOf(layer).some(({ name, required }) => required && !(now.fields[name] ?? '').trim());
  if (isMissing || (planned && !owner) || (!row && !entry.geometry)) return null;
  const properties = { ...propertiesOf(entry), ...(row && planned && owner !== row.feature.properties?.owner && { owner }) };
  const geometry = entry.geometry ? { geometry: entry.geometry as PlanChange['geometry'] } : {};
  if (!row) {
    return planned
      ? { act: 'add_planned', class: planned, owner, properties, ...geometry }
      : { act: 'add_feature', layer: layer as PlanFeatureLayer, properties, ...geometry };
  }
  if (Object.keys(properties).length === 0 && !entry.geometry) return null;
  const changed = { ...(Object.keys(properties).length > 0 && { properties }), ...geometry };
  return planned
    ? { act: 'change_planned', ...row.target, ...changed }
    : { act: 'change_feature', layer: layer as PlanFeatureLayer, ...row.target, ...changed };
}

/** How a feature leaves the plan. */
export const retirementOf = (layer: PlanLayerKey, { target }: PlanRow): PlanDeed =>
  classOf(layer) ? { act: 'retire_planned', ...target } : { act: 'retire_feature', layer: layer as PlanFeatureLayer, ...target };

/** The properties that are not as they were; null empties one. Numbers of features are sent as numbers. */
function propertiesOf({ layer, before, now }: PlanEntry): Record<string, string | number | null> {
  const changes = changesOf(before, now, fieldNames(layer));
  const numbers = fieldsOf(layer).filter(({ kind }) => kind === 'number' || kind === 'whole').map(({ name }) => name);
  const typed = (name: string, value: string | null) => (value !== null && numbers.includes(name) ? Number(value) : value);
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, typed(name, value)]));
}
