import type { Feature } from 'geojson';
import type { PlanChange } from '$lib/api/model';
import type { ShapeKind } from '$lib/map/shapes';
import { Sketch } from './sketch.svelte';
import { flyToAll } from './stage.svelte';

/** What an official may plan, and how each is drawn. */
export const PLANNED_SHAPES = {
  mast: 'Point', pole: 'Point', aerial_route: 'LineString', duct: 'LineString', manhole: 'Point', trench: 'LineString', cabinet: 'Point',
} as const satisfies Record<string, ShapeKind>;
export type PlannedClass = keyof typeof PLANNED_SHAPES;

/** Zones whose rules the screening knows; the list of the plan is an open one. */
export const ZONES = ['urban', 'settlement', 'a1_only', 'no_new_poles'] as const;

/** The act in hand. One that moves says what it moves. */
export type PlanAct =
  | { act: 'add_planned' }
  | { act: 'add_zone' }
  | { act: 'move_planned'; id: string; title: string }
  | { act: 'move_zone'; number: number; title: string };

/** A change of the plan before its reason and the version that was seen are added. */
type Change = Omit<PlanChange, 'seen_version' | 'reason'>;

/** One object or zone of the plan that is being added or moved. */
class PlanEditing {
  act = $state.raw<PlanAct | null>(null);
  sketch = new Sketch();
  class = $state<PlannedClass>('mast');
  owner = $state('');
  code = $state('');
  zone = $state<string>(ZONES[0]);
  name = $state('');
  instrument = $state('');
  reason = $state('');

  /** What would be sent; null while something that must be there is missing. */
  change = $derived<Change | null>(this.#change());

  add(act: 'add_planned' | 'add_zone'): void {
    this.#begin({ act });
    this.sketch.begin(act === 'add_zone' ? 'Polygon' : PLANNED_SHAPES[this.class]);
  }

  /** Plans another class; what was drawn for a shape of another kind is put away. */
  setClass(name: PlannedClass): void {
    this.class = name;
    const kind = PLANNED_SHAPES[name];
    if (kind !== this.sketch.kind) this.sketch.begin(kind);
  }

  move(act: PlanAct, { geometry }: Feature): void {
    this.#begin(act);
    const kind = geometry.type === 'Point' ? 'Point' : geometry.type.endsWith('LineString') ? 'LineString' : 'Polygon';
    this.sketch.begin(kind, geometry);
    flyToAll([geometry]);
  }

  stop(): void {
    this.act = null;
    this.sketch.drawing = false;
  }

  #begin(act: PlanAct): void {
    this.act = act;
    this.code = '';
    this.name = '';
    this.instrument = '';
    this.reason = '';
  }

  #change(): Change | null {
    const { act } = this;
    const geometry = this.sketch.shape as PlanChange['geometry'];
    if (!act || !geometry) return null;
    const given = (text: string): string | null => text.trim() || null;
    if (act.act === 'move_planned') return { act: act.act, id: act.id, geometry };
    if (act.act === 'move_zone') return { act: act.act, number: act.number, geometry };
    if (act.act === 'add_zone') {
      return { act: act.act, zone: this.zone, name: given(this.name), instrument: given(this.instrument), geometry };
    }
    const code = given(this.code);
    return this.owner ? { act: act.act, class: this.class, owner: this.owner, geometry, properties: code ? { code } : {} } : null;
  }
}

export const planEditing = new PlanEditing();
