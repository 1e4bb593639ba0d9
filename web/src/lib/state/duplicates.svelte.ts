import { decideDuplicate, fetchDuplicates } from '$lib/api/editing';
import type { Duplicate, DuplicateAct, DuplicatePage, DuplicateState } from '$lib/api/model';
import { registry } from './registry.svelte';
import { flyToAll } from './stage.svelte';
import { Task } from './task.svelte';

/** Records that are likely of one structure. */
class Duplicates {
  state = $state<DuplicateState>('proposed');
  class = $state('');
  list = new Task<DuplicatePage>();
  deciding = new Task<Duplicate>();
  /** The group that is pointed at, shown on the map. */
  pointed = $state.raw<Duplicate | null>(null);

  async read(): Promise<void> {
    this.pointed = null;
    await this.list.ask(() => fetchDuplicates(this.state, this.class, null));
  }

  async readMore(): Promise<void> {
    const known = this.list.value;
    if (!known?.next) return;
    await this.list.ask(async () => {
      const page = await fetchDuplicates(this.state, this.class, known.next);
      return { groups: [...known.groups, ...page.groups], next: page.next };
    });
  }

  point(group: Duplicate): void {
    this.pointed = group;
    flyToAll(group.members.map(({ feature }) => feature.geometry));
  }

  /** Says whether the records are of one structure, from the versions that are on the screen. */
  async decide(group: Duplicate, act: DuplicateAct, kept: string | null, reason: string): Promise<void> {
    const assets = group.members.map(({ id, version }) => ({ id, version }));
    await this.deciding.ask(() => decideDuplicate({ assets, act, kept: act === 'keep_apart' ? null : kept, reason: reason.trim() || null }));
    // The list is read anew with everything else.
    if (this.deciding.value) await registry.load();
  }
}

export const duplicates = new Duplicates();
