import type { Geometry } from 'geojson';
import { deedOf, type PlanDeed } from '$lib/desks/rules/plan-change';
import { classOf, rowsOf, sameRow, shapesOf, type PlanLayerKey, type PlanRow } from '$lib/desks/rules/plan-layers';
import { valuesOf, type FormValues } from '$lib/desks/registry/form';
import type { ShapeKind } from '$lib/map/shapes';
import { codeLists } from './code-lists.svelte';
import { registry } from './registry.svelte';
import { Sketch } from './sketch.svelte';
import { flyToAll } from './stage.svelte';

/** What a form is about: a new feature of the chosen layer, or one that is there. */
export interface PlanTask {
  row: PlanRow | null;
  /** The version of the plan whose numbers the row has. */
  version: number;
}

const EMPTY = (): FormValues => ({ fields: {}, nulls: {} });

const kindOf = ({ type }: Geometry): ShapeKind => (type.endsWith('Point') ? 'Point' : type.endsWith('LineString') ? 'LineString' : 'Polygon');

/**
 * One feature or planned structure that is being added or changed. Zones are an open list: those with a name are what rules
 * read, MA-ZONE and PO-ZONE among them, which keep bulky masts and new poles out; nothing reads any other word.
 */
class PlanEditing {
  layer = $state<PlanLayerKey>('zones');
  filter = $state('');
  /** The feature that the map shows. */
  pointed = $state.raw<PlanRow | null>(null);
  task = $state.raw<PlanTask | null>(null);
  /** The feature of the form was changed or given up by somebody else. */
  lost = $state(false);
  values = $state<FormValues>(EMPTY());
  owner = $state('');
  reason = $state('');
  sketch = new Sketch();
  #before = $state.raw<FormValues>(EMPTY());
  /** The shape as the form took it up. A shape of several parts or with holes has no text: it is kept or drawn anew. */
  #taken = $state.raw<{ kind: ShapeKind; text: string }>({ kind: 'Point', text: '' });

  /** Whether the feature stays where it is. */
  isKept = $derived(this.task?.row != null && this.sketch.kind === this.#taken.kind && this.sketch.text.trim() === this.#taken.text);

  /** What would be sent; null while something that must be there is missing. */
  deed = $derived<PlanDeed | null>(this.#deed());

  /** Chooses another layer, and what was pointed at or searched for in the one before is put away. */
  choose(layer: PlanLayerKey): void {
    this.layer = layer;
    this.filter = '';
    this.pointed = null;
  }

  point(row: PlanRow): void {
    this.pointed = this.pointed?.key === row.key ? null : row;
    if (this.pointed) flyToAll([row.feature.geometry]);
  }

  /** Opens the form for a new feature of the layer, or for one that is there. */
  begin(row: PlanRow | null, version: number): void {
    this.task = { row, version };
    this.pointed = row;
    this.lost = false;
    void codeLists.read();
    this.undo();
    if (row) flyToAll([row.feature.geometry]);
  }

  /** Puts the form back to what it was when it was opened. */
  undo(): void {
    const properties = this.task?.row?.feature.properties ?? {};
    this.#before = this.task?.row ? valuesOf(properties) : EMPTY();
    this.values = this.task?.row ? valuesOf(properties) : EMPTY();
    if (!this.task?.row && classOf(this.layer)) this.values.fields.status = 'planned';
    this.owner = String(properties.owner ?? '');
    this.reason = '';
    const geometry = this.task?.row?.feature.geometry ?? null;
    this.sketch.begin(geometry ? kindOf(geometry) : shapesOf(this.layer)[0]!, geometry);
    this.#taken = { kind: this.sketch.kind, text: this.sketch.text };
  }

  /** Draws another kind of shape; what was drawn before is put away, and its own shape is taken up again. */
  draw(kind: ShapeKind): void {
    if (kind === this.sketch.kind) return;
    this.sketch.begin(kind, kind === this.#taken.kind ? (this.task?.row?.feature.geometry ?? null) : null);
  }

  /** The plan was read anew: a form goes on where its feature is still what it was, whatever its number is now. */
  reread(version: number): void {
    this.pointed = this.pointed && sameRow(this.pointed, rowsOf(this.layer, registry.plan));
    if (!this.task || this.task.version === version) return;
    const row = this.task.row && sameRow(this.task.row, rowsOf(this.layer, registry.plan));
    if (this.task.row && !row) this.lost = true;
    else this.task = { row, version };
  }

  stop(): void {
    this.task = null;
    this.pointed = null;
    this.sketch.drawing = false;
  }

  #deed(): PlanDeed | null {
    const { task, layer, values, owner } = this;
    const geometry = this.isKept ? null : this.sketch.shape;
    if (!task || this.lost || (!this.isKept && !geometry)) return null;
    return deedOf({ layer, row: task.row, before: this.#before, now: values, owner, geometry });
  }
}

export const planEditing = new PlanEditing();
