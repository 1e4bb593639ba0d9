import type { Feature } from 'geojson';
import type { PlanCollection, PlanFeatureLayer, PlanLayer } from '$lib/api/model';
import { plain } from '$lib/frame/search';
import { named, namesOf, speech, t, type Key } from '$lib/i18n/index.svelte';
import type { ShapeKind } from '$lib/map/shapes';
import { registry } from '$lib/state/registry.svelte';
import { CLASSES, isLine, type AssetClass } from '../registry/form';

/** How a property of a feature is filled in: a word is one of an open list. */
export interface PlanField {
  name: string;
  kind: 'text' | 'number' | 'whole' | 'word';
  /** Which words have names in the language files. */
  of?: string;
  required: boolean;
}

interface FeatureKind {
  /** How such a feature may be drawn; the first is offered first. */
  shapes: readonly ShapeKind[];
  fields: readonly PlanField[];
}

const kind = (shapes: readonly ShapeKind[], fields: string): FeatureKind => ({ shapes, fields: read(fields) });

/** What another sector has there: mostly a line, but a sluice is a point and a bridge an area. */
const ofOthers = (classes: string): FeatureKind =>
  kind(['LineString', 'Polygon', 'Point'], `class:${classes} name:text instrument:text height_m:number depth_m:number accuracy_m:number`);

/** The layers whose features officials change, with their properties under the names in files; `!` marks what must be there. */
export const FEATURE_KINDS: Record<PlanFeatureLayer, FeatureKind> = {
  zones: kind(['Polygon'], 'zone:word:zone! name:text instrument:text'),
  hamlets: kind(['Polygon'], 'name:text! people:whole!'),
  places: kind(['Point'], 'kind:word:place! name:text! weight:whole'),
  roads: kind(['LineString'], 'kind:word:roadKind! name:text land_width_m:number'),
  dykes: ofOthers('word:dykeClass'),
  canals: ofOthers('word:canalClass'),
  waterways: ofOthers('word:waterwayClass'),
  railways: ofOthers('text'),
  power_lines: ofOthers('word:powerClass'),
  bridges: ofOthers('text'),
  water_pipes: ofOthers('text'),
};

function read(fields: string): PlanField[] {
  return fields.split(' ').map((field) => {
    const [name, kind, of] = field.replace('!', '').split(':');
    return { name: name!, kind: kind as PlanField['kind'], required: field.endsWith('!'), ...(of && { of }) };
  });
}

/** What can be chosen for editing: a layer of features, or the planned structures of one class. */
export type PlanLayerKey = PlanFeatureLayer | `planned:${AssetClass}`;

/** The layers under their headings, in the order of the list. */
export const LAYER_GROUPS: readonly { title: Key; keys: readonly PlanLayerKey[] }[] = [
  { title: 'plan.groupLand', keys: ['zones', 'hamlets', 'places'] },
  { title: 'plan.groupOthers', keys: ['roads', 'dykes', 'canals', 'waterways', 'railways', 'power_lines', 'bridges', 'water_pipes'] },
  { title: 'plan.groupPlanned', keys: CLASSES.map((name) => `planned:${name}` as const) },
];

/** The class of planned structures; null for a layer of features. */
export const classOf = (key: PlanLayerKey): AssetClass | null =>
  key.startsWith('planned:') ? (key.slice('planned:'.length) as AssetClass) : null;

/** How a new feature of a layer may be drawn. */
export function shapesOf(key: PlanLayerKey): readonly ShapeKind[] {
  const planned = classOf(key);
  if (planned) return [isLine(planned) ? 'LineString' : 'Point'];
  return FEATURE_KINDS[key as PlanFeatureLayer].shapes;
}

/** The fields of a layer's features; planned structures have the fields of their class instead. */
export const fieldsOf = (key: PlanLayerKey): readonly PlanField[] => (classOf(key) ? [] : FEATURE_KINDS[key as PlanFeatureLayer].fields);

export function layerName(key: PlanLayerKey): string {
  const planned = classOf(key);
  return planned ? named('class', planned) : named('planPart', key);
}

/** What a property is called; the words of a list have their list's name. */
export const fieldLabel = ({ name, of }: PlanField): string => named('planField', name === 'kind' && of ? of : name);

type Plan = Record<PlanLayer, PlanCollection>;

/** Which of the map's layers holds the features, and which of its features they are. */
function featuresOf(key: PlanLayerKey, plan: Plan): Feature[] {
  const planned = classOf(key);
  const inLayer = (layer: PlanLayer): Feature[] => plan[layer].features as Feature[];
  if (planned) return inLayer('planned').filter(({ properties }) => properties?.class === planned);
  if (key === 'zones' || key === 'hamlets' || key === 'places' || key === 'roads') return inLayer(key);
  return inLayer('constraints').filter(({ properties }) => properties?.layer === key);
}

/** How many features a layer has. */
export const countOf = (key: PlanLayerKey, plan: Plan): number => featuresOf(key, plan).length;

/** The words of an open list: those with a name, then those that the layer has besides. */
export function wordsOf(key: PlanLayerKey, { name, of }: PlanField, plan: Plan): string[] {
  const known = of ? namesOf(of).map(([word]) => word) : [];
  const there = featuresOf(key, plan).map(({ properties }) => properties?.[name]).filter((word) => typeof word === 'string');
  return [...new Set([...known, ...there])];
}

/** One feature in the list of its layer. */
export interface PlanRow {
  /** Tells it from the others of its layer. */
  key: string;
  title: string;
  detail: string;
  feature: Feature;
  /** How a change names it: a planned structure by its identity, any other by its number. */
  target: { id: string } | { number: number };
}

/** The features of a layer as people read them, in the plan's order. */
export function rowsOf(key: PlanLayerKey, plan: Plan): PlanRow[] {
  const planned = classOf(key);
  return featuresOf(key, plan).map((feature) => {
    const properties = feature.properties ?? {};
    if (planned) {
      const id = String(feature.id);
      const title = `${named('class', planned)} ${properties.code || t('asset.noCode')}`;
      return { key: id, title, detail: registry.organisation(properties.owner) ?? t('value.none'), feature, target: { id } };
    }
    const number = Number(properties.number);
    return { key: String(number), title: titleOf(key, properties, number), detail: detailOf(key, properties), feature, target: { number } };
  });
}

/** A name, or what it is with its place in the layer. */
function titleOf(key: PlanLayerKey, properties: Record<string, unknown>, number: number): string {
  if (properties.name) return String(properties.name);
  const word = fieldsOf(key).find(({ required, kind }) => required && kind === 'word');
  const what = word ? named(word.of!, String(properties[word.name])) : layerName(key);
  return t('plan.nameless', { what, n: String(number + 1) });
}

/** What is known of a feature besides its name, in one line. */
function detailOf(key: PlanLayerKey, properties: Record<string, unknown>): string {
  const said = fieldsOf(key).filter(({ name }) => name !== 'name' && name !== 'instrument' && (properties[name] ?? '') !== '');
  const parts = said.map((field) => {
    const value = properties[field.name];
    if (field.kind === 'word') return named(field.of!, String(value));
    if (field.kind === 'text') return String(value);
    return `${fieldLabel(field)}: ${speech.format.number(Number(value), 2)}`;
  });
  return parts.join(' · ');
}

/** The rows that a text is found in, without regard to tones. */
export function matching(rows: readonly PlanRow[], text: string): PlanRow[] {
  const wanted = plain(text);
  return rows.filter(({ title, detail }) => plain(`${title} ${detail}`).includes(wanted));
}

/** The row that is the same feature after the layer was read anew; null when it was changed or is gone. */
export function sameRow(before: PlanRow, rows: readonly PlanRow[]): PlanRow | null {
  const substance = ({ feature }: PlanRow): string => {
    const { number: _, ...properties } = feature.properties ?? {};
    return JSON.stringify([feature.id ?? null, properties, feature.geometry]);
  };
  const wanted = substance(before);
  return rows.find((row) => substance(row) === wanted) ?? null;
}
