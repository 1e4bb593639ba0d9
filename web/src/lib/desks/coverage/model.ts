/** One figure of a model. */
export interface FigureRow {
  /** Names from the outside in, for example `carriers`, `1`, `gain_dbi`. */
  path: string[];
  value: string | number | boolean;
  /** The standard, data sheet or person that gives it. */
  source: string | null;
  placeholder: boolean;
}

/** Lists every figure of a model's parameters, however deep it lies; counts of a list begin at 1. */
export function figureRows(parameters: unknown, path: string[] = []): FigureRow[] {
  if (parameters === null || parameters === undefined) return [];
  if (Array.isArray(parameters)) return parameters.flatMap((item, index) => figureRows(item, [...path, String(index + 1)]));
  if (typeof parameters !== 'object') {
    return [{ path, value: parameters as FigureRow['value'], source: null, placeholder: false }];
  }
  const { value, source, placeholder } = parameters as Record<string, unknown>;
  if (typeof value === 'number' && typeof source === 'string') return [{ path, value, source, placeholder: placeholder === true }];
  return Object.entries(parameters).flatMap(([name, item]) => figureRows(item, [...path, name]));
}
