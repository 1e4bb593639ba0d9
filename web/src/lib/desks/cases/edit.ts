import type { ShownCase } from '$lib/api/model';
import type { Lonlat } from '$lib/map/coordinates';
import { screening } from '$lib/state/screening.svelte';
import { view } from '$lib/state/view.svelte';
import { formOf, isRequestClass, listed, type RequestFields } from '../screening/request';

/** The form holds one structure; a request for several came from a file and is amended by one. */
export function canBeEdited({ items }: ShownCase): boolean {
  return items.length === 1 && isRequestClass(items[0]!.class);
}

/** Opens a draft in the form of the screening desk; saving there writes it anew. */
export function edit(shown: ShownCase): void {
  const [item] = shown.items;
  if (!item || !isRequestClass(item.class)) return;
  const { class: requested, shape, documents, approvals } = item;
  const given = item as unknown as Record<string, unknown>;
  const fields: RequestFields = Object.fromEntries(formOf(requested).fields.map((name) => [name, given[name] ?? undefined]));
  const positions = shape.type === 'Point' ? [shape.coordinates] : shape.type === 'LineString' ? shape.coordinates : [];
  screening.reset();
  screening.fill({
    class: requested,
    fields: { ...fields, documents: listed(documents), approvals: listed(approvals) },
    positions: positions as Lonlat[],
  });
  screening.draft = { id: shown.id, version: shown.version, reference: shown.reference, title: shown.title ?? '' };
  if (shown.rule_set) view.ruleset = shown.rule_set;
  view.case = null;
  view.desk = 'screening';
}
