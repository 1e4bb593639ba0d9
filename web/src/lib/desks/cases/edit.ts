import type { ShownCase } from '$lib/api/model';
import { writeCoordinates, type Lonlat } from '$lib/map/coordinates';
import { screening } from '$lib/state/screening.svelte';
import { view } from '$lib/state/view.svelte';
import { formOf, REQUEST_CLASSES, type RequestClass } from '../screening/request';

const isFormClass = (name: string): name is RequestClass => (REQUEST_CLASSES as readonly string[]).includes(name);

/** The form holds one structure; a request for several came from a file and is amended by one. */
export function canBeEdited({ items }: ShownCase): boolean {
  return items.length === 1 && isFormClass(items[0]!.class);
}

/** Opens a draft in the form of the screening desk; saving there writes it anew. */
export function edit(shown: ShownCase): void {
  const [item] = shown.items;
  if (!item || !isFormClass(item.class)) return;
  screening.reset();
  screening.class = item.class;
  const given = item as unknown as Record<string, unknown>;
  screening.fields = Object.fromEntries(formOf(item.class).fields.map((name) => [name, given[name] ?? undefined]));
  const { shape } = item;
  const positions = shape.type === 'Point' ? [shape.coordinates] : shape.type === 'LineString' ? shape.coordinates : [];
  screening.text = positions.map((position) => writeCoordinates(position as Lonlat)).join('\n');
  screening.draft = { id: shown.id, version: shown.version, reference: shown.reference, title: shown.title ?? '' };
  if (shown.rule_set) view.ruleset = shown.rule_set;
  view.case = null;
  view.desk = 'screening';
}
