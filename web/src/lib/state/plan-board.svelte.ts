import type { PlanSheet } from '$lib/api/model';
import { amendPlan, fetchPlanSheet } from '$lib/api/rules';
import type { PlanDeed } from '$lib/desks/rules/plan-change';
import { Deed } from './deed.svelte';
import { planEditing } from './plan-editing.svelte';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';

/** The plan at its desk: what it says of itself, and which version the features on the map are numbered by. */
export class PlanBoard {
  sheet = new Task<PlanSheet | null>();
  /** The sheet as it was read last: a reading that fails takes no form away. */
  plan = $state.raw<PlanSheet | null>(null);
  deed = new Deed();
  /** The version that the last change made. */
  saved = $state<number | null>(null);
  /** The version that the layers were read after: the numbers of their features hold for it. Null while none are. */
  version = $state<number | null>(null);
  /** Whether the layers could not be read. */
  unread = $state(false);

  /** Reads the sheet, and for whoever edits the layers after it. */
  async read(edits: boolean): Promise<void> {
    this.deed.problem = null;
    await this.#read(edits ? () => registry.readPlan() : null);
  }

  /** Changes the plan, starting from the version that its feature was seen in. `done` puts the form away before all is read anew. */
  async change(deed: PlanDeed, reason: string, seen_version: number, done: () => void): Promise<void> {
    this.saved = null;
    await this.deed.run(async () => {
      const { version } = await amendPlan({ seen_version, reason: reason.trim(), ...deed });
      this.saved = version;
      done();
      await this.readAll();
    });
  }

  /** Reads everything anew after the plan has changed: its title, the map and what hangs on them. */
  async readAll(): Promise<void> {
    await this.#read(() => registry.load());
  }

  async #read(layers: (() => Promise<boolean>) | null): Promise<void> {
    this.version = null;
    this.unread = false;
    await this.sheet.ask(fetchPlanSheet);
    if (!this.sheet.problem) this.plan = this.sheet.value;
    if (!layers) return;
    const version = this.sheet.value?.changes[0]?.version ?? null;
    const isRead = await layers();
    this.version = isRead ? version : null;
    this.unread = this.version === null;
    if (this.version !== null) planEditing.reread(this.version);
  }
}
