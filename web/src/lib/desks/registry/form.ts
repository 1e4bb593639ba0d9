/** How a field is filled in. */
export type FieldKind = 'text' | 'number' | 'whole' | 'yes_no' | 'date' | 'code' | 'parts';

export interface FormField {
  name: string;
  kind: FieldKind;
  /** The code list of a code; how a list of parts is written. */
  of?: string;
}

/** Classes that can be entered one by one, points first. */
export const CLASSES = [
  'mast', 'radio_station', 'pole', 'manhole', 'cabinet', 'host', 'aerial_route', 'duct', 'trench',
] as const;
export type AssetClass = (typeof CLASSES)[number];

export const isLine = (name: string): boolean => ['aerial_route', 'duct', 'trench'].includes(name);

/** Every class has these, before its own fields. */
const SHARED = 'code:text status:code:lifecycle';
/** The owner's published terms, where others can use such structures. */
const TERMS = 'rent_vnd_year:whole lease_months:whole sharing_conditions:text';
/** And these after them. */
const LAST =
  'accuracy_m:number survey_method:code:survey-method surveyed_on:date built_on:date manager:text source:text note:text';

/** Fields of each class under their names in files, those that sharing rests on first. */
const OWN: Record<AssetClass, string> = {
  mast:
    'height_m:number slots_total:whole slots_used:whole mast_class:code:mast-class structure:text on_building:yes_no building_height_m:number operators_designed:whole structural_use_pct:number foundation_use_pct:number wind_area_free_m2:number levels:parts:36:3/2;30:2/? half_width_m:number shelter:text land_area_m2:number power_spare_kw:number backup_h:number',
  radio_station:
    'mast:text mast_owner:text network:text technologies:parts:4g;5g bands_mhz:parts:1800;2600 azimuths_deg:parts:0;120;240 antenna_height_m:number eirp_dbm:number',
  pole:
    'height_m:number attachments_total:whole attachments_used:whole boxes:whole material:text shared_with:text strength_class:text load_use_pct:number attached:parts:viettel:3/1@5.2;vnpt:2/0',
  aerial_route:
    'from_pole:text to_pole:text via_poles:parts:TRU-2;TRU-3 clearance_m:number crossings:parts:road:5.6@QL10;waterway:7 cables:whole longest_span_m:number',
  duct:
    'from_manhole:text to_manhole:text bores_total:whole bores_used:whole bore_diameter_mm:number depth_m:number surface:code:surface material:text trench:text bank:parts:1:110=viettel/18/48+vnpt/12;2:110=empty',
  manhole:
    'kind:code:manhole-kind cover:text length_m:number width_m:number depth_m:number closures:whole floods:yes_no inspected_on:date',
  trench:
    'kind:code:trench-kind depth_m:number width_m:number slots_total:whole slots_used:whole shelves:parts:1:telecom:4/2;2:power:2/2',
  cabinet: 'kind:text ports_total:whole ports_used:whole pole:text',
  host: 'kind:code:host-kind height_m:number slots_total:whole slots_used:whole load_use_pct:number address:text',
};

function read(text: string): FormField[] {
  return text.split(' ').map((part) => {
    const [name, kind, ...of] = part.split(':');
    return { name: name!, kind: kind as FieldKind, ...(of.length > 0 && { of: of.join(':') }) };
  });
}

const canBeLet = (name: AssetClass): boolean => !['radio_station', 'manhole', 'cabinet'].includes(name);

/** The fields that a form of a class shows, in order. */
export const formOf = (name: AssetClass): { first: FormField[]; last: FormField[] } => ({
  first: [...read(SHARED), ...read(OWN[name]), ...(canBeLet(name) ? read(TERMS) : [])],
  last: read(LAST),
});

/** The names of all fields of a class. */
export function namesOf(name: string): string[] {
  const { first, last } = formOf(name as AssetClass);
  return [...first, ...last].map((field) => field.name);
}

/** What a form holds: every field as text, and the reasons of those that are empty. */
export interface FormValues {
  fields: Record<string, string>;
  nulls: Record<string, string>;
}

/** A record's properties as a form holds them. */
export function valuesOf(properties: object): FormValues {
  const values: FormValues = { fields: {}, nulls: {} };
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || typeof value === 'object') continue;
    if (name.endsWith('_null')) values.nulls[name.slice(0, -5)] = String(value);
    else values.fields[name] = String(value);
  }
  return values;
}

/** What changed between two states of a form, as the server takes it: null empties a field. */
export function changesOf(before: FormValues, after: FormValues, names: string[]): Record<string, string | null> {
  const changes: Record<string, string | null> = {};
  for (const name of names) {
    const old = before.fields[name] ?? '';
    const now = (after.fields[name] ?? '').trim();
    const reason = after.nulls[name] ?? '';
    if (now !== old) changes[name] = now === '' ? null : now;
    if (now === '' && reason !== (before.nulls[name] ?? '')) {
      changes[name] = null;
      changes[`${name}_null`] = reason === '' ? null : reason;
    } else if (now === '' && name in changes && reason !== '') changes[`${name}_null`] = reason;
  }
  return changes;
}
