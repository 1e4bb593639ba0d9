/** Degrees, as GeoJSON orders them: longitude, latitude. */
export type Lonlat = [number, number];

const DECIMAL = String.raw`[+-]?\d{1,3}(?:[.,]\d+)?`;
const DECIMAL_PAIR = new RegExp(String.raw`^(${DECIMAL})°?\s*(?:;|,\s|\s)\s*(${DECIMAL})°?$`);
/** Without a space, a comma parts two numbers only where one of them has a decimal point. */
const PLAIN_PAIR = /^(?=.*\.)([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)$/;
const SEXAGESIMAL = /(\d{1,3})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:[.,]\d+)?)(?:["″]|'')\s*([NSEWBĐTD])/giu;

/**
 * Reads every position that a text may mean: decimal degrees in either order, with a decimal point or comma,
 * or degrees, minutes and seconds with a compass letter (N S E W, or Vietnamese B N Đ T when written so).
 *
 * Two readings come back when both orders are possible; the caller shows both or asks. None means: no position.
 */
export function readCoordinates(text: string): Lonlat[] {
  const trimmed = text.trim();
  const sexagesimal = readSexagesimal(trimmed);
  if (sexagesimal) return [sexagesimal];
  const match = PLAIN_PAIR.exec(trimmed) ?? DECIMAL_PAIR.exec(trimmed);
  if (!match) return [];
  const first = degrees(match[1]!);
  const second = degrees(match[2]!);
  const orders: Lonlat[] = first === second ? [[first, second]] : [[first, second], [second, first]];
  return orders.filter(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
}

/** Chooses the one reading inside the box; without a box, the only reading there is. Otherwise nobody can tell. */
export function readPosition(text: string, box: [number, number, number, number] | null): Lonlat | null {
  const readings = readCoordinates(text);
  if (readings.length === 1) return readings[0]!;
  const near = box ? readings.filter((position) => isInside(position, box)) : [];
  return near.length === 1 ? near[0]! : null;
}

/** Reads one position a line; a line that is none is reported by its number, counted from 1. */
export function readLine(
  text: string,
  box: [number, number, number, number] | null,
): { positions: Lonlat[]; badLines: number[] } {
  const positions: Lonlat[] = [];
  const badLines: number[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const position = readPosition(line, box);
    if (position) positions.push(position);
    else badLines.push(index + 1);
  });
  return { positions, badLines };
}

/** Writes `longitude, latitude` with 6 decimals, about 0.1 m, so that it can be read back. */
export const writeCoordinates = ([lon, lat]: Lonlat): string => `${lon.toFixed(6)}, ${lat.toFixed(6)}`;

const degrees = (text: string): number => Number(text.replace(',', '.'));

function isInside([lon, lat]: Lonlat, [west, south, east, north]: [number, number, number, number]): boolean {
  const margin = 0.5;
  return west - margin <= lon && lon <= east + margin && south - margin <= lat && lat <= north + margin;
}

/** `20°41'24"N 106°28'48"E`. Vietnamese letters are B (north), N (south), Đ (east), T (west); N alone beside E is north. */
function readSexagesimal(text: string): Lonlat | null {
  const parts = [...text.matchAll(SEXAGESIMAL)];
  if (parts.length !== 2) return null;
  const vietnamese = parts.some((part) => /[BĐTD]/i.test(part[4]!));
  let lon: number | null = null;
  let lat: number | null = null;
  for (const part of parts) {
    const value = Number(part[1]) + Number(part[2]) / 60 + degrees(part[3]!) / 3600;
    const letter = part[4]!.toUpperCase();
    if (letter === 'B' || (letter === 'N' && !vietnamese)) lat = value;
    else if (letter === 'S' || (letter === 'N' && vietnamese)) lat = -value;
    else if (letter === 'E' || letter === 'Đ' || letter === 'D') lon = value;
    else lon = -value;
  }
  return lon === null || lat === null || Math.abs(lon) > 180 || Math.abs(lat) > 90 ? null : [lon, lat];
}
