/** The rooms that exist. */
export const DESKS = ['map', 'registry', 'imports', 'screening', 'cases', 'works', 'coverage', 'rules', 'oversight', 'accounts', 'account'] as const;
export type Desk = (typeof DESKS)[number];

export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The rooms of the desk of coverage. */
export const PARTS = ['reach', 'closing', 'fibre', 'sources', 'link'] as const;
export type Part = (typeof PARTS)[number];

/** The models of coverage: without terrain, and over terrain. */
export const MODELS = ['tr38901', 'p1812'] as const;
export type Model = (typeof MODELS)[number];

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

/** All that an address holds, so that it can be sent to a colleague. */
export interface Address {
  desk: Desk;
  language: Language;
  camera: Camera | null;
  /** Layers that are shown although off by default. */
  show: string[];
  /** Layers that are hidden although on by default. */
  hide: string[];
  /** Id of the selected asset. */
  asset: string | null;
  /** Id of the request that is open. */
  case: string | null;
  /** The year whose plans are put together; null while requests are listed. */
  plans: string | null;
  technology: string;
  network: string | null;
  /** Where people are to be reached. */
  environment: string;
  /** The model that computes coverage. */
  model: Model;
  /** Whether measurements correct it. */
  calibrated: boolean;
  part: Part;
  ruleset: string | null;
  /** Which past the registry is shown as of, such as `recorded:2026-01-31`; null for the present. */
  past: string | null;
  /** Whether the table twin is open. */
  table: boolean;
}

export const START: Address = {
  desk: 'map',
  language: 'vi',
  camera: null,
  show: [],
  hide: [],
  asset: null,
  case: null,
  plans: null,
  technology: '5g',
  network: null,
  environment: 'outdoor',
  model: 'tr38901',
  calibrated: false,
  part: 'reach',
  ruleset: null,
  past: null,
  table: false,
};

/** Reads a query; what is absent or malformed keeps its start value. */
export function readAddress(query: string): Address {
  const params = new URLSearchParams(query);
  return {
    desk: oneOf(DESKS, params.get('desk')) ?? START.desk,
    language: oneOf(LANGUAGES, params.get('lang')) ?? START.language,
    camera: readCamera(params.get('at')),
    show: list(params.get('show')),
    hide: list(params.get('hide')),
    asset: params.get('asset') || null,
    case: params.get('case') || null,
    plans: /^\d{4}$/.test(params.get('plans') ?? '') ? params.get('plans') : null,
    technology: params.get('technology') || START.technology,
    network: params.get('network') || null,
    environment: params.get('environment') || START.environment,
    model: oneOf(MODELS, params.get('model')) ?? START.model,
    calibrated: params.get('calibrated') === '1',
    part: oneOf(PARTS, params.get('part')) ?? START.part,
    ruleset: params.get('ruleset') || null,
    past: readPast(params.get('past')),
    table: params.get('table') === '1',
  };
}

/** Writes only what differs from the start, in a fixed order: the same view has the same address. */
export function writeAddress(address: Address): string {
  const { camera } = address;
  const pairs: [string, string | null][] = [
    ['desk', address.desk === START.desk ? null : address.desk],
    ['at', camera && `${camera.lon.toFixed(5)},${camera.lat.toFixed(5)},${camera.zoom.toFixed(2)}`],
    ['show', address.show.join(',')],
    ['hide', address.hide.join(',')],
    ['asset', address.asset],
    ['case', address.case],
    ['plans', address.plans],
    ['technology', address.technology === START.technology ? null : address.technology],
    ['network', address.network],
    ['environment', address.environment === START.environment ? null : address.environment],
    ['model', address.model === START.model ? null : address.model],
    ['calibrated', address.calibrated ? '1' : null],
    ['part', address.part === START.part ? null : address.part],
    ['ruleset', address.ruleset],
    ['past', address.past],
    ['table', address.table ? '1' : null],
    ['lang', address.language === START.language ? null : address.language],
  ];
  const written = pairs.filter(([, value]) => value);
  return written.map(([key, value]) => `${key}=${encodeURIComponent(value!).replaceAll('%2C', ',').replaceAll('%3A', ':')}`).join('&');
}

function readCamera(text: string | null): Camera | null {
  const parts = (text ?? '').split(',').map(Number);
  if (parts.length !== 3 || !parts.every(Number.isFinite)) return null;
  const [lon, lat, zoom] = parts as [number, number, number];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && 0 <= zoom && zoom <= 24 ? { lon, lat, zoom } : null;
}

const readPast = (text: string | null): string | null => (text && /^(recorded|valid):\d{4}-\d{2}-\d{2}$/.test(text) ? text : null);

const list = (text: string | null): string[] => (text ?? '').split(',').filter(Boolean).sort();

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.find((value) => value === text) ?? null;
}
