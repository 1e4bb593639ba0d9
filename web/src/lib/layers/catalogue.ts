import { ASSET_CARDS } from './assets';
import type { Group } from './card';

/** One switch in the list of layers. */
export interface Listed {
  key: string;
  group: Group;
  /** Whether it is drawn before anyone chooses. */
  byDefault: boolean;
  /** The zoom from which it is drawn. */
  minzoom: number;
}

const plan = (key: string, byDefault = true, minzoom = 0): Listed => ({ key, group: 'plan', byDefault, minzoom });
const ground = (key: string, minzoom = 0): Listed => ({ key, group: 'ground', byDefault: true, minzoom });

/** Every layer that can be switched, in the order of the list. */
export const LISTED: readonly Listed[] = [
  ...ASSET_CARDS.map(({ key, minzoom }): Listed => ({ key, group: 'infrastructure', byDefault: true, minzoom })),
  { key: 'accuracy', group: 'infrastructure', byDefault: false, minzoom: 14 },
  plan('planned'),
  plan('works'),
  plan('zones'),
  plan('constraints', true, 12),
  { key: 'coverage', group: 'coverage', byDefault: false, minzoom: 0 },
  { key: 'gaps', group: 'coverage', byDefault: false, minzoom: 0 },
  ground('hamlets'),
  ground('places', 12.5),
  ground('roads'),
];

/** What stands in the way of reading coverage: the desk of coverage starts without it. */
const NOT_RADIO = ['pole', 'aerial_route', 'duct', 'manhole', 'trench', 'cabinet', 'host', 'works', 'planned', 'zones', 'constraints'];

/** What stands in the way of reading fibre reach. */
const NOT_FIBRE = ['mast', 'radio_station', 'host', 'works', 'planned', 'zones'];

/** Where each layer of coverage is drawn before anyone chooses: gaps and the numbers of a plan would hide each other. */
const COVERAGE_ROOMS: Record<string, readonly string[]> = {
  coverage: ['coverage', 'coverage:reach', 'coverage:closing'],
  gaps: ['coverage', 'coverage:reach'],
};

/** Whether a layer is drawn by default at a desk, or at a part of the desk of coverage. */
export function isDefault(key: string, room: string): boolean {
  const rooms = COVERAGE_ROOMS[key];
  if (rooms) return rooms.includes(room);
  if (room === 'coverage:fibre') return !NOT_FIBRE.includes(key) && listedByDefault(key);
  if (room.startsWith('coverage') && NOT_RADIO.includes(key)) return false;
  return listedByDefault(key);
}

const listedByDefault = (key: string): boolean => LISTED.find((listed) => listed.key === key)?.byDefault ?? false;
