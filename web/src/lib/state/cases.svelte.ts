import type { Geometry } from 'geojson';
import { amendCase, fetchCase, fetchCases, keepScreening, saveCase, type CaseFilter, type Draft } from '$lib/api/cases';
import type { CaseList, ShownCase, YearlyPlans } from '$lib/api/model';
import { fetchYearlyPlans } from '$lib/api/yearly-plans';
import { screening } from './screening.svelte';
import { Task } from './task.svelte';
import { view } from './view.svelte';

const EVERYTHING: CaseFilter = { state: '', class: '', kind: '', q: '', expired: false };

/** The requests that the viewer may know of, the one that is open, and a year's plans. */
class Cases {
  filter = $state<CaseFilter>({ ...EVERYTHING });
  list = new Task<CaseList>();
  shown = new Task<ShownCase>();
  /** The plans of the year in the address, put together. */
  plans = new Task<YearlyPlans>();

  filtered = $derived(Object.values(this.filter).some(Boolean));

  /** What the map draws: the open request, or every listed one. */
  get shapes(): Geometry[] {
    if (view.case) return this.shown.value?.id === view.case ? this.shown.value.items.map(({ shape }) => shape) : [];
    if (view.plans) return this.plans.value?.items.map(({ request }) => request.shape) ?? [];
    return this.list.value?.cases.flatMap(({ items }) => items.map(({ geometry }) => geometry)) ?? [];
  }

  read(): Promise<void> {
    const filter = { ...this.filter };
    return this.list.ask((signal) => fetchCases(filter, null, signal));
  }

  /** Adds the next page to the list. */
  async readOn(): Promise<void> {
    const before = this.list.value;
    if (!before?.next) return;
    const filter = { ...this.filter };
    await this.list.ask(async (signal) => {
      const page = await fetchCases(filter, before.next, signal);
      return { ...page, cases: [...before.cases, ...page.cases] };
    });
  }

  /** Puts a year's plans together. */
  consolidate(year: string): Promise<void> {
    if (String(this.plans.value?.year) !== year) this.plans.clear();
    return this.plans.ask((signal) => fetchYearlyPlans(year, signal));
  }

  show(id: string): Promise<void> {
    if (this.shown.value?.id !== id) this.shown.clear();
    return this.shown.ask((signal) => fetchCase(id, signal));
  }

  /** Saves a draft, over a version of one where it is written anew, screens it as it is kept, and says which it is. */
  async save(says: Draft, over: { id: string; version: number } | null = null): Promise<string> {
    const { id } = over ? await amendCase(over.id, over.version, says) : await saveCase(says);
    await keepScreening(id, says.ruleset);
    return id;
  }

  /** Goes to a request. */
  open(id: string): void {
    screening.unpoint();
    view.select(null);
    view.desk = 'cases';
    view.case = id;
  }

  /** Goes back to the list. */
  close(): void {
    screening.unpoint();
    view.case = null;
  }

  /** Drops what was read. */
  forget(): void {
    this.list.clear();
    this.shown.clear();
    this.plans.clear();
  }

  clearFilter(): void {
    this.filter = { ...EVERYTHING };
  }
}

export const cases = new Cases();
