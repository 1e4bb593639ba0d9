import type { LineString, Point } from 'geojson';
import type { RequestFeature, RequestProperties } from '$lib/api/model';
import type { Lonlat } from '$lib/map/coordinates';

/** What may be asked to be built. */
export const REQUEST_CLASSES = ['mast', 'radio_station', 'aerial_route', 'pole', 'duct', 'manhole', 'trench', 'cabinet', 'host'] as const;
export type RequestClass = (typeof REQUEST_CLASSES)[number];

export const isRequestClass = (name: unknown): name is RequestClass => (REQUEST_CLASSES as readonly unknown[]).includes(name);

/** What the dossier holds besides the structure itself; asked for whatever is to be built. */
export const DOSSIER = ['documents', 'approvals'] as const;
type DossierName = (typeof DOSSIER)[number];

export type FieldName = Exclude<keyof RequestProperties, 'class' | DossierName>;
/** `documents` is absent as long as the applicant has not begun the list: nobody can tell then what is missing from it. */
export type RequestFields = Partial<Pick<RequestProperties, FieldName>> & Partial<Record<DossierName, string[]>>;

/** How a class is drawn and which properties it is judged by. */
export interface RequestForm {
  geometry: 'Point' | 'LineString';
  fields: FieldName[];
}

/** Fields whose values are words of a closed list. */
export const WORDS: Partial<Record<FieldName, readonly string[]>> = {
  mast_class: ['A1a', 'A1b', 'A2a', 'A2b', 'A2c'],
  surface: ['pavement', 'carriageway', 'verge'],
};

const DATES: FieldName[] = ['starts_on', 'ends_on'];
/** What a structure is called, whether another is raised or widened, and for which year's plan it is handed in. */
const PLAN: FieldName[] = ['plan_year', 'code', 'upgrades'];
const LAST: FieldName[] = ['accuracy_m', ...DATES, ...PLAN];
const BORES: FieldName[] = ['bores', 'bore_diameter_mm'];
const BUILDING: FieldName[] = ['on_building', 'building_height_m'];
const FORMS: Record<RequestClass, RequestForm> = {
  mast: {
    geometry: 'Point',
    fields: ['owner', 'network', 'height_m', 'operators_designed', ...BUILDING, 'mast_class', 'half_width_m', ...LAST],
  },
  radio_station: { geometry: 'Point', fields: ['owner', 'network', 'height_m', 'accuracy_m', ...BUILDING, ...DATES, ...PLAN] },
  aerial_route: { geometry: 'LineString', fields: ['owner', 'network', 'height_m', 'clearance_m', 'operators_designed', ...LAST] },
  pole: { geometry: 'Point', fields: ['owner', 'network', 'height_m', 'operators_designed', ...LAST] },
  duct: { geometry: 'LineString', fields: ['owner', 'network', ...BORES, 'surface', 'depth_m', 'operators_designed', ...LAST] },
  manhole: { geometry: 'Point', fields: ['owner', 'network', 'depth_m', 'operators_designed', ...LAST] },
  trench: { geometry: 'LineString', fields: ['owner', 'network', 'depth_m', 'operators_designed', ...BORES, ...LAST] },
  cabinet: { geometry: 'Point', fields: ['owner', 'network', 'pole', ...LAST] },
  host: { geometry: 'Point', fields: ['owner', 'height_m', ...LAST] },
};

export const formOf = (requested: RequestClass): RequestForm => FORMS[requested];

/** Several words as the server takes and gives them: a list, or one text that `;` parts. Absent stays absent. */
export function listed(value: RequestProperties['documents']): string[] | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') return [...value];
  return value.split(';').map((word) => word.trim()).filter((word) => word !== '');
}

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
  const properties = { class: requested, owner, ...Object.fromEntries(filled), ...dossierOf(fields) };
  return { type: 'Feature', properties, geometry };
}

/** A list of no documents is sent as such: without one the dossier says nothing of its documents. */
function dossierOf({ documents, approvals }: RequestFields): Pick<RequestProperties, DossierName> {
  return {
    ...(documents ? { documents: [...documents] } : {}),
    ...(approvals && approvals.length > 0 ? { approvals: [...approvals] } : {}),
  };
}
