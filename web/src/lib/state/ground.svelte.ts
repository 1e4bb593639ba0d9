import type { GroundSourceReport, GroundSources } from '$lib/api/model';
import { fetchGround, retireGround, sendGround, type GroundFacts } from '$lib/api/ground';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';

/** Files of terrain and people that coverage is computed on. */
class Ground {
  list = new Task<GroundSources>();
  sending = new Task<GroundSourceReport>();
  /** Counts changes made here, so that what is shown is asked for anew. */
  changes = $state(0);

  read(): void {
    const stamp = registry.version.seq + this.changes;
    void this.list.ask((signal) => fetchGround(stamp, signal));
  }

  async send(facts: GroundFacts, file: File): Promise<void> {
    await this.sending.ask(() => sendGround(facts, file));
    if (this.sending.value?.id) this.changes += 1;
  }

  async retire(id: string, reason: string): Promise<void> {
    await retireGround(id, reason);
    this.changes += 1;
  }
}

export const ground = new Ground();
