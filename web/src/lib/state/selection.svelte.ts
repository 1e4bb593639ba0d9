import type { AssetFeature } from '$lib/api/model';
import { fetchAsset } from '$lib/api/registry';
import { Task } from './task.svelte';
import { view } from './view.svelte';

/** An asset as a tile tells it: enough to name it in a list. */
export interface Glimpse {
  id: string;
  class: string;
  code: string;
}

/** The selected asset with all that the viewer may know of it. */
class Selection {
  task = new Task<AssetFeature>();
  /** What else lies under the same click. */
  here = $state.raw<Glimpse[]>([]);

  get feature(): AssetFeature | null {
    return this.task.value;
  }
}

export const selection = new Selection();

/** Reads the asset that the view names. */
export function readSelection(): void {
  const id = view.asset;
  if (id) void selection.task.ask(() => fetchAsset(id));
  else selection.task.clear();
}
