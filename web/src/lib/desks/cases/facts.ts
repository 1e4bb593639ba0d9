import type { ScreenedRequest } from '$lib/api/model';
import { named, t, type Key } from '$lib/i18n/index.svelte';
import type { Format } from '$lib/i18n/format';
import { lineLength } from '$lib/map/geodesy';
import { registry } from '$lib/state/registry.svelte';
import { rulebook } from '$lib/state/rulebook.svelte';
import { approvalText } from '../screening/dossier';
import { listed } from '../screening/request';

export interface Fact {
  label: string;
  value: string;
}

/** What is asked for, as labelled lines; what the applicant left out is left out. */
export function factsOf(item: ScreenedRequest, format: Format): Fact[] {
  const metres = (value: number): string => format.measured(value, null, 'm');
  const facts: Fact[] = [];
  const add = <T>(label: Key, value: T | null | undefined, write: (value: T) => string): void => {
    if (value !== null && value !== undefined) facts.push({ label: t(label), value: write(value) });
  };
  const { shape } = item;
  if (shape.type === 'Point') {
    const [lon, lat] = shape.coordinates as [number, number];
    add('request.position', t('case.position', { lon: format.degrees(lon), lat: format.degrees(lat) }), String);
  } else if (shape.type === 'LineString') {
    add('case.length', lineLength(shape.coordinates), (value) => format.length(value));
  }
  add('case.code', item.code, String);
  add('field.pole', item.pole, String);
  add('case.accuracy', item.accuracy_m, metres);
  add('case.network', item.network, (code) => registry.network(code));
  add('case.height', item.height_m, metres);
  add('field.mast_class', item.mast_class, String);
  add('field.half_width_m', item.half_width_m, metres);
  add('field.on_building', item.on_building, (value) => t(value ? 'value.yes' : 'value.no'));
  add('case.buildingHeight', item.on_building ? item.building_height_m : null, metres);
  add('field.clearance_m', item.clearance_m, metres);
  add('case.operators', item.operators_designed, (value) => format.number(value));
  add('case.bores', item.bores, (value) => format.number(value));
  add('case.boreDiameter', item.bore_diameter_mm, (value) => format.measured(value, null, 'mm'));
  add('field.surface', item.surface, (code) => named('surface', code));
  add('case.depth', item.depth_m, metres);
  add('case.startsOn', item.starts_on, (value) => format.day(value));
  add('case.endsOn', item.ends_on, (value) => format.day(value));
  // A list of documents that was begun is told even while nothing is on it; no approval is what everybody begins with.
  add('field.documents', listed(item.documents), (words) => joined(words.map((word) => named('document', word))) || t('dossier.none'));
  add('field.approvals', joined((listed(item.approvals) ?? []).map(approvalName)) || null, String);
  return facts;
}

const joined = (names: readonly string[]): string => names.join('; ');

/** An approval by its authority and name, with its rule's id; the id alone for a rule that no set holds. */
function approvalName(id: string): string {
  const rule = rulebook.gate(id);
  return rule ? `${approvalText(rule)} (${id})` : id;
}
