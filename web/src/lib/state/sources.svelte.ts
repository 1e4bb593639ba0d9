import type { ComparedGroup, CoverageComparison, CoverageSource, CoverageSourceReport } from '$lib/api/model';
import { fetchComparison, fetchSources, retireSource, sendSource, type SourceFacts } from '$lib/api/sources';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';
import { view } from './view.svelte';

/** Declared, modelled and measured coverage side by side. */
class Sources {
  comparison = new Task<CoverageComparison>();
  list = new Task<{ sources: CoverageSource[] }>();
  sending = new Task<CoverageSourceReport>();
  /** The group that is pointed at. */
  group = $state.raw<ComparedGroup | null>(null);
  /** Counts changes made here, so that what is shown is asked for anew. */
  changes = $state(0);

  read(): void {
    const { technology, network } = view;
    const stamp = registry.version.seq + this.changes;
    this.group = null;
    void this.comparison.ask((signal) => fetchComparison(technology, network, stamp, signal));
    void this.list.ask((signal) => fetchSources(stamp, signal));
  }

  async send(facts: SourceFacts, file: File): Promise<void> {
    await this.sending.ask(() => sendSource(facts, file));
    if (this.sending.value?.id) this.changes += 1;
  }

  async retire(id: string, reason: string): Promise<void> {
    await retireSource(id, reason);
    this.changes += 1;
  }
}

export const sources = new Sources();
