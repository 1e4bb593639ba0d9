import { get } from '$lib/api/client';
import type { FibreExtension, FibreReach } from '$lib/api/model';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';

/** Everything that a connection of today may be. */
const IN_REACH = ['connected', 'passed', 'serviceable', 'reachable'];

/** The classes from the nearest to the farthest. */
export const FIBRE_CLASSES = [...IN_REACH, 'cannot_tell', 'gap'] as const;

export const inReach = (people: Record<string, number>): number =>
  IN_REACH.reduce((sum, name) => sum + (people[name] ?? 0), 0);

/** Who fibre reaches, and the way that is pointed at. */
class Fibre {
  owner = $state<string | null>(null);
  task = new Task<FibreReach>();
  way = $state.raw<FibreExtension | null>(null);

  read(): void {
    const { owner } = this;
    this.way = null;
    void this.task.ask((signal) => get<FibreReach>('/api/v1/fibre', { owner, v: registry.version.seq }, signal));
  }
}

export const fibre = new Fibre();
