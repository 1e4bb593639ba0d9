import type { Key } from '$lib/i18n/index.svelte';
import type { Lonlat } from '$lib/map/coordinates';
import { fieldReader, isAbsent, isOk, quoted, type Known, type Said } from './request-values';
import { DOSSIER, formOf, isRequestClass, REQUEST_CLASSES, type RequestClass, type RequestFields } from './request';

/** The largest file that is opened, in bytes. */
export const MAX_BYTES = 1_000_000;

/** A structure of a file as the form holds it. */
export interface FileItem {
  /** The number of its feature in the file, from 1. */
  feature: number;
  class: RequestClass;
  fields: RequestFields;
  positions: Lonlat[];
}

/** What was not understood, and of which feature and property; a feature without a property could not be opened at all. */
export interface Remark extends Said {
  feature: number;
  property: string | null;
}

/** What was read of a file: its structures, and everything in it that the form cannot hold. */
export interface ReadFile {
  items: FileItem[];
  remarks: Remark[];
}

/** A file that was opened beside the form, and which of its structures the form holds. */
export interface OpenedFile extends ReadFile {
  name: string;
  chosen: number;
}

/** Why a file cannot be opened at all. */
export class Unreadable extends Error {
  constructor(readonly said: Said) {
    super(said.key);
  }
}

const unreadable = (key: Key, values: Said['values'] = {}): never => {
  throw new Unreadable({ key, values });
};

/**
 * Reads a build request: a GeoJSON feature or collection of features on WGS 84, one for each structure, whose properties are
 * the request's fields. A feature without a usable class or place is left out; a property that is not understood is. Both
 * are told, nothing is put right. Properties whose names begin with `note` are notes and not read.
 *
 * Throws `Unreadable` for a file that is no such document, is too large or holds no feature.
 */
export function readRequestFile(text: string, known: Known): ReadFile {
  const found = features(parsed(text));
  const read: ReadFile = { items: [], remarks: [] };
  found.forEach((feature, index) => {
    const number = index + 1;
    const tell = (property: string | null, said: Said): void => void read.remarks.push({ feature: number, property, ...said });
    const item = itemOf(feature, known, tell);
    if (item) read.items.push({ feature: number, ...item });
  });
  return read;
}

type Tell = (property: string | null, said: Said) => void;
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : unreadable('requestFile.notGeojson');
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    return unreadable('requestFile.notJson');
  }
}

function features(document: Json): unknown[] {
  const crs = isObject(document.crs) && isObject(document.crs.properties) ? document.crs.properties.name : document.crs;
  if (!isAbsent(crs) && !/(?:CRS84|EPSG:{1,2}4326)$/i.test(String(crs))) unreadable('requestFile.crs', { crs: quoted(crs) });
  if (document.type === 'Feature') return [document];
  const { type, features: found } = document;
  if (type !== 'FeatureCollection' || !Array.isArray(found)) return unreadable('requestFile.notGeojson');
  return found.length > 0 ? found : unreadable('requestFile.empty');
}

function itemOf(feature: unknown, known: Known, tell: Tell): Omit<FileItem, 'feature'> | null {
  if (!isObject(feature) || feature.type !== 'Feature') {
    tell(null, { key: 'requestFile.notFeature', values: {} });
    return null;
  }
  const properties = isObject(feature.properties) ? feature.properties : {};
  const { class: requested } = properties;
  if (!isRequestClass(requested)) {
    tell('class', isAbsent(requested)
      ? { key: 'requestFile.noClass', values: {} }
      : { key: 'requestFile.unknownWord', values: { value: quoted(requested), words: REQUEST_CLASSES.join(', ') } });
    return null;
  }
  const positions = positionsOf(feature.geometry, requested, tell);
  return positions && { class: requested, fields: fieldsOf(properties, requested, known, tell), positions };
}

function fieldsOf(properties: Json, requested: RequestClass, known: Known, tell: Tell): RequestFields {
  const own: readonly string[] = [...formOf(requested).fields, ...DOSSIER];
  const fields: Json = {};
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class' || name.startsWith('note') || isAbsent(value)) continue;
    const reader = fieldReader(name, known);
    if (!reader) tell(name, { key: 'requestFile.unknown', values: {} });
    else if (!own.includes(name)) tell(name, { key: 'requestFile.unused', values: {} });
    else {
      const read = reader(value);
      if (isOk(read)) fields[name] = read.value;
      else tell(name, read);
    }
  }
  const { starts_on, ends_on } = fields;
  if (typeof starts_on === 'string' && typeof ends_on === 'string' && ends_on < starts_on) {
    tell('ends_on', { key: 'requestFile.endsBefore', values: { value: ends_on } });
    delete fields.ends_on;
  }
  return fields as RequestFields;
}

/** The positions of a point or a line, whichever the class is drawn as; null, and told, where there are none. */
function positionsOf(geometry: unknown, requested: RequestClass, tell: Tell): Lonlat[] | null {
  const { type, coordinates }: Json = isObject(geometry) ? geometry : {};
  const needed = formOf(requested).geometry;
  const places: unknown[] = needed === 'Point' ? [coordinates] : Array.isArray(coordinates) ? coordinates : [];
  if (type !== needed || (needed === 'LineString' && places.length < 2)) {
    const key = needed === 'Point' ? 'requestFile.needsPoint' : 'requestFile.needsLine';
    tell('geometry', { key, values: { found: isAbsent(type) ? 'null' : quoted(type) } });
    return null;
  }
  const bad = places.findIndex((place) => !isLonlat(place));
  if (0 <= bad) {
    tell('geometry', { key: 'requestFile.notPlace', values: { value: quoted(places[bad]) } });
    return null;
  }
  return (places as number[][]).map(([lon, lat]) => [lon!, lat!]);
}

/** Longitude and latitude in degrees; a height after them is allowed. Swapped, places of this country are none. */
const isLonlat = (place: unknown): boolean =>
  Array.isArray(place) && place.length >= 2 && place.every(Number.isFinite) && Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90;
