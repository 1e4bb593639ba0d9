import type { Geometry } from 'geojson';
import { fetchOpportunities, fetchWorks, type WorksDraft } from '$lib/api/works';
import type { Opportunity, OpportunityList, WorksList, WorksRow } from '$lib/api/model';
import { registry } from './registry.svelte';
import { Sketch } from './sketch.svelte';
import { flyToAll } from './stage.svelte';
import { Task } from './task.svelte';
import { view } from './view.svelte';

/** What a new work starts from. */
const BLANK = { sector: 'road', title: '', plan: '', starts_on: '', ends_on: '', answer_by: '', published: false };

/** Planned civil works, and the one that is being written. */
class WorksBoard {
  list = new Task<WorksList>();
  board = new Task<OpportunityList>();
  selected = $state<string | null>(null);
  sector = $state('');
  /** Only those on the ground where the viewer's organisation wants to be told. */
  mine = $state(false);
  /** Whether the form is open, and which work it writes anew. */
  writing = $state.raw<{ code: string; version: number } | 'new' | null>(null);
  fields = $state({ ...BLANK });
  owner = $state('');
  /** Where the ground of the work in the form is opened. */
  route = new Sketch();
  /** Where the viewer's organisation wants to be told, as it is kept or being drawn. */
  area = new Sketch();

  filtered = $derived(this.sector !== '' || this.mine);
  rows = $derived(
    (this.list.value?.works ?? []).filter(
      (row) => (!this.sector || row.sector === this.sector) && (!this.mine || row.concerns),
    ),
  );

  /** What the map draws over the layer of works. */
  get shapes(): Geometry[] {
    if (this.writing) return this.route.shape && !this.route.drawing ? [this.route.shape] : [];
    const row = this.rows.find(({ code }) => code === this.selected);
    return row ? [row.geometry] : [];
  }

  /** What the form says; null while something that must be there is missing. */
  get draft(): WorksDraft | null {
    const { fields, owner } = this;
    const geometry = this.route.shape;
    if (!geometry || !owner) return null;
    const given = (text: string): string | null => text.trim() || null;
    return {
      sector: fields.sector,
      owner,
      title: given(fields.title),
      plan: given(fields.plan),
      starts_on: given(fields.starts_on),
      ends_on: given(fields.ends_on),
      answer_by: given(fields.answer_by),
      published: fields.published,
      geometry,
    };
  }

  /** Reads the works, and who needs them when somebody has signed in. */
  async read(): Promise<void> {
    const isPublic = (registry.session?.role ?? 'public') === 'public';
    const board = isPublic ? Promise.resolve(this.board.clear()) : this.board.ask((signal) => fetchOpportunities(signal));
    await Promise.all([this.list.ask((signal) => fetchWorks(signal)), board]);
  }

  /** What a work could serve; null while nothing is known. */
  opportunity(code: string): Opportunity | null {
    return this.board.value?.opportunities.find((one) => one.works === code) ?? null;
  }

  /** Reads the works anew, and the map's layer of them. */
  async readAll(): Promise<void> {
    await Promise.all([this.read(), registry.readLayer('works')]);
  }

  select(row: WorksRow): void {
    this.selected = this.selected === row.code ? null : row.code;
    if (this.selected) flyToAll([row.geometry]);
  }

  /** Goes to a work, whatever is open now. */
  open(code: string): void {
    this.clearFilter();
    this.stopWriting();
    this.selected = code;
    view.select(null);
    view.desk = 'works';
    const feature = registry.plan.works.features.find(({ properties }) => properties.code === code);
    if (feature) flyToAll([feature.geometry]);
  }

  clearFilter(): void {
    this.sector = '';
    this.mine = false;
  }

  /** Opens an empty form. */
  begin(owner: string): void {
    this.fields = { ...BLANK };
    this.owner = owner;
    this.route.begin('LineString');
    this.writing = 'new';
  }

  /** Opens a work in the form. */
  edit(row: WorksRow): void {
    const { sector, title, plan, starts_on, ends_on, answer_by, published } = row;
    this.fields = {
      sector,
      title: title ?? '',
      plan: plan ?? '',
      starts_on: starts_on ?? '',
      ends_on: ends_on ?? '',
      answer_by: answer_by ?? '',
      published,
    };
    this.owner = row.owner;
    this.route.begin('LineString', row.geometry);
    this.writing = { code: row.code, version: row.version };
  }

  stopWriting(): void {
    this.writing = null;
    this.route.drawing = false;
  }
}

export const works = new WorksBoard();
