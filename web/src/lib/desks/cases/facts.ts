import type { ScreenedRequest } from '$lib/api/model';
import { t, type Key } from '$lib/i18n/index.svelte';
import type { Format } from '$lib/i18n/format';
import { lineLength } from '$lib/map/geodesy';
import { registry } from '$lib/state/registry.svelte';

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
    add('request.position', `${format.degrees(lon)}; ${format.degrees(lat)}`, String);
  } else if (shape.type === 'LineString') {
    add('case.length', lineLength(shape.coordinates), (value) => format.length(value));
  }
  add('case.code', item.code, String);
  add('case.upgrades', item.upgrades, String);
  add('case.accuracy', item.accuracy_m, metres);
  add('case.network', item.network, (code) => registry.network(code));
  add('case.height', item.height_m, metres);
  add('case.buildingHeight', item.on_building ? item.building_height_m : null, metres);
  add('case.operators', item.operators_designed, (value) => format.number(value));
  add('case.bores', item.bores, (value) => format.number(value));
  add('case.depth', item.depth_m, metres);
  add('case.startsOn', item.starts_on, (value) => format.day(value));
  add('case.endsOn', item.ends_on, (value) => format.day(value));
  return facts;
}
