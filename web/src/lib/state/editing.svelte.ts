import type { Geometry } from 'geojson';
import { amendAsset, fetchNearby, fetchRecord, readPlace, registerAsset } from '$lib/api/editing';
import type { AssetRecord, NearbyStructure, PlaceReading, Written } from '$lib/api/model';
import { changesOf, isLine, namesOf, valuesOf, type AssetClass, type FormValues } from '$lib/desks/registry/form';
import { writeCoordinates, type Lonlat } from '$lib/map/coordinates';
import { codeLists } from './code-lists.svelte';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';

export type RegistryPage = 'list' | 'form' | 'duplicates' | 'quality' | 'corrections';

const EMPTY = (): FormValues => ({ fields: { status: 'operational' }, nulls: {} });

/** One asset being entered or changed. */
class Editing {
  page = $state<RegistryPage>('list');
  class = $state<AssetClass>('mast');
  owner = $state('');
  values = $state<FormValues>(EMPTY());
  /** Where it is, in any notation; a line has one position on each line. */
  place = $state('');
  reason = $state('');
  drawing = $state(false);
  /** The record that is being changed; null for a new one. */
  record = $state.raw<AssetRecord | null>(null);
  readings = new Task<PlaceReading[]>();
  /** The reading that somebody chose among several. */
  chosen = $state.raw<PlaceReading | null>(null);
  nearby = new Task<NearbyStructure[]>();
  /** What would follow, before anything is written. */
  preview = new Task<Written>();
  written = new Task<Written>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  geometryKind = $derived<'Point' | 'LineString'>(isLine(this.class) ? 'LineString' : 'Point');
  names = $derived(namesOf(this.class));

  /** The one reading of the place, if there is one or somebody chose. */
  reading = $derived.by(() => {
    const readings = this.readings.value ?? [];
    return this.chosen ?? (readings.length === 1 ? readings[0]! : null);
  });

  /** Where it is or will be, on WGS 84. */
  shape = $derived<Geometry | null>(this.reading?.shape ?? (this.place.trim() === '' ? (this.record?.feature.geometry ?? null) : null));

  /** What would be sent. */
  changes = $derived(changesOf(this.record ? valuesOf(this.record.feature.properties) : { fields: {}, nulls: {} }, this.values, this.names));

  /** Begins a new record. */
  begin(name: AssetClass): void {
    this.#forget();
    this.class = name;
    this.owner = registry.session?.organisation ?? '';
    this.page = 'form';
    void codeLists.read();
  }

  /** Begins to change a record. */
  async edit(id: string): Promise<void> {
    this.#forget();
    const record = await fetchRecord(id);
    this.record = record;
    this.class = record.feature.properties.class as AssetClass;
    this.owner = record.feature.properties.owner;
    this.values = valuesOf(record.feature.properties);
    this.page = 'form';
    void codeLists.read();
  }

  /** Puts the form back to what it was. */
  undo(): void {
    this.values = this.record ? valuesOf(this.record.feature.properties) : EMPTY();
    this.setPlace('');
    this.reason = '';
    this.preview.clear();
  }

  /** Takes a place as text and asks what it means, once nobody has typed for a moment. */
  setPlace(text: string): void {
    this.place = text;
    this.chosen = null;
    this.preview.clear();
    clearTimeout(this.#timer);
    if (text.trim() === '') {
      this.readings.clear();
      this.nearby.clear();
      return;
    }
    this.#timer = setTimeout(() => void this.#readPlace(text), 250);
  }

  /** Takes what was drawn. */
  drawn(positions: Lonlat[]): void {
    this.drawing = false;
    this.setPlace(positions.map(writeCoordinates).join('\n'));
  }

  /** Chooses one of several readings. */
  choose(reading: PlaceReading): void {
    this.chosen = reading;
    void this.look(reading.shape);
  }

  /** Asks what stands near. */
  async look(shape: Geometry): Promise<void> {
    await this.nearby.ask(() => fetchNearby(this.class, shape));
  }

  /** Says what would follow, or writes it. */
  async save(isDry: boolean): Promise<void> {
    const task = isDry ? this.preview : this.written;
    await task.ask(() => this.#send(isDry));
    if (!isDry && task.value) {
      this.preview.clear();
      await registry.load();
    }
  }

  #send(isDry: boolean): Promise<Written> {
    const place = this.reading ? { geometry: this.reading.geometry as never, crs: this.reading.crs } : {};
    if (this.record) {
      const reason = this.reason.trim() || null;
      return amendAsset(this.record.feature.id, this.record.version, { properties: this.changes, ...place, reason } as never, isDry);
    }
    const properties = { ...this.changes, class: this.class, owner: this.owner };
    return registerAsset({ type: 'Feature', properties, geometry: null, ...place } as never, isDry);
  }

  async #readPlace(text: string): Promise<void> {
    await this.readings.ask(() => readPlace(text));
    const { reading } = this;
    if (reading) await this.look(reading.shape);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.values = EMPTY();
    this.place = '';
    this.reason = '';
    this.drawing = false;
    this.record = null;
    this.chosen = null;
    this.readings.clear();
    this.nearby.clear();
    this.preview.clear();
    this.written.clear();
  }
}

export const editing = new Editing();
