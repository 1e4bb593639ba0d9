import type { LineString, Point } from 'geojson';
import type { RequestFeature, RequestProperties } from '$lib/api/model';
import type { Lonlat } from '$lib/map/coordinates';

/** What may be asked to be built. */
export const REQUEST_CLASSES = ['mast', 'aerial_route', 'pole', 'duct', 'trench'] as const;
export type RequestClass = (typeof REQUEST_CLASSES)[number];

export type FieldName = Exclude<keyof RequestProperties, 'class'>;
export type RequestFields = Partial<Pick<RequestProperties, FieldName>>;

/** How a class is drawn and which properties it is judged by. */
export interface RequestForm {
  geometry: 'Point' | 'LineString';
  fields: FieldName[];
}

const DATES: FieldName[] = ['starts_on', 'ends_on'];
/** What a structure is called, whether another is raised or widened, and for which year's plan it is handed in. */
const PLAN: FieldName[] = ['plan_year', 'code', 'upgrades'];
const FORMS: Record<RequestClass, RequestForm> = {
  mast: {
    geometry: 'Point',
    fields: ['owner', 'network', 'height_m', 'operators_designed', 'on_building', 'building_height_m', 'mast_class', 'half_width_m', 'accuracy_m', ...DATES, ...PLAN],
  },
  pole: { geometry: 'Point', fields: ['owner', 'network', 'height_m', 'operators_designed', 'accuracy_m', ...DATES, ...PLAN] },
  aerial_route: { geometry: 'LineString', fields: ['owner', 'network', 'height_m', 'clearance_m', 'operators_designed', 'accuracy_m', ...DATES, ...PLAN] },
  duct: { geometry: 'LineString', fields: ['owner', 'network', 'bores', 'bore_diameter_mm', 'surface', 'depth_m', 'operators_designed', 'accuracy_m', ...DATES, ...PLAN] },
  trench: { geometry: 'LineString', fields: ['owner', 'network', 'depth_m', 'operators_designed', 'accuracy_m', ...DATES, ...PLAN] },
};

export const formOf = (requested: RequestClass): RequestForm => FORMS[requested];

/** The geometry that the positions make up; null while they are too few or too many. */
export function geometryOf(requested: RequestClass, positions: Lonlat[]): Point | LineString | null {
  if (FORMS[requested].geometry === 'Point') {
    return positions.length === 1 ? { type: 'Point', coordinates: positions[0]! } : null;
  }
  return 1 < positions.length ? { type: 'LineString', coordinates: positions } : null;
}

/** Builds the request; null without an applicant or a place. Empty fields are left out, never sent as zero. */
export function requestOf(
  requested: RequestClass,
  fields: RequestFields,
  geometry: Point | LineString | null,
): RequestFeature | null {
  const { owner } = fields;
  if (!owner || !geometry) return null;
  const given = FORMS[requested].fields.map((name) => [name, fields[name]] as const);
  const filled = given.filter(([, value]) => value !== undefined && value !== null && value !== '');
  const properties = { class: requested, owner, ...Object.fromEntries(filled) };
  return { type: 'Feature', properties, geometry };
}
