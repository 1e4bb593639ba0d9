import type { RuleSetSheet, RuleSheet } from '$lib/api/model';
import { fetchRuleSets } from '$lib/api/rules';
import { gateOf } from '$lib/desks/screening/dossier';
import { Task } from './task.svelte';

/** The rule sets, for whoever names their rules: read when first needed. */
class Rulebook {
  sets = new Task<RuleSetSheet[]>();

  /** Reads them unless they are here or on their way. */
  async read(): Promise<void> {
    if (!this.sets.value && !this.sets.busy) await this.sets.ask(fetchRuleSets);
  }

  /** The gate that a rule is; null while the sets are unread, and for a rule that is none. */
  gate(id: string): RuleSheet | null {
    return gateOf(this.sets.value ?? [], id);
  }
}

export const rulebook = new Rulebook();
