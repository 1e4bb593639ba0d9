import type { AssetFeature } from '$lib/api/model';
import { fetchAssets } from '$lib/api/registry';
import type { Box } from '$lib/map/box';
import { Task } from './task.svelte';

interface Rows {
  rows: AssetFeature[];
  matched: number | null;
  next: string | null;
  seq: number;
}

/** The assets inside the frame of the map: the table twin, and the rings of accuracy. */
class InView {
  task = new Task<Rows>();
  box = $state.raw<Box | null>(null);
  /** Whether the frame has moved since it was last asked about. */
  stale = $state(false);
  #classes: string[] = [];

  /** Reads the first page of a frame. */
  read(box: Box, classes: string[]): void {
    this.box = box;
    this.stale = false;
    this.#classes = classes;
    void this.task.ask((signal) => this.#page(box, null, [], signal));
  }

  /** Reads one page more. */
  readMore(): void {
    const { box } = this;
    const known = this.task.value;
    if (!box || !known?.next) return;
    void this.task.ask((signal) => this.#page(box, known.next, known.rows, signal));
  }

  async #page(box: Box, after: string | null, before: AssetFeature[], signal: AbortSignal): Promise<Rows> {
    if (this.#classes.length === 0) return { rows: [], matched: 0, next: null, seq: 0 };
    const page = await fetchAssets(box, this.#classes, after, signal);
    return {
      rows: [...before, ...page.features],
      matched: page.numberMatched ?? null,
      next: page.next ?? null,
      seq: page.seq,
    };
  }
}

export const inView = new InView();
