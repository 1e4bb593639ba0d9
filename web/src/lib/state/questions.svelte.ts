import { isDefault, LISTED } from '$lib/layers/catalogue';
import { ASSET_CARDS } from '$lib/layers/assets';
import type { Box } from '$lib/map/box';
import { coverage } from './coverage.svelte';
import { inView } from './in-view.svelte';
import { registry } from './registry.svelte';
import { readSelection, selection } from './selection.svelte';
import { screening } from './screening.svelte';
import { stage } from './stage.svelte';
import { view } from './view.svelte';

/** How long the camera must rest before the table asks anew, in milliseconds. */
const REST_MS = 250;

/** The classes that the map draws now: the table twin and the map share one filter. */
export function shownClasses(): string[] {
  return ASSET_CARDS.map(({ key }) => key).filter((key) => view.shows(key, isDefault(key, view.room)));
}

/** Asks the server whenever what is in view changes; called once, while the app starts. */
export function followQuestions(): void {
  // Another viewer may see other things: everything is asked for again.
  $effect(() => {
    void registry.version;
    void view.asset;
    if (registry.territory) readSelection();
  });
  $effect(() => {
    if (0 < selection.here.length && selection.here.every(({ id }) => id !== view.asset)) selection.here = [];
  });
  $effect(() => {
    void registry.version;
    const reach = coverage.reach;
    void coverage.fewerThan;
    const needed = ['coverage', 'gaps'].some((key) => view.shows(key, isDefault(key, view.room)));
    if (registry.territory && (needed || view.desk === 'coverage')) coverage.read(reach);
  });
  $effect(() => {
    if (view.desk !== 'screening') screening.drawing = false;
  });
  $effect(() => {
    void registry.version;
    void view.camera;
    const classes = shownClasses();
    const rings = view.shows('accuracy', false) && minzoomOf('accuracy') <= (view.camera?.zoom ?? 0);
    if (!stage.map || !(view.table || rings)) return;
    inView.stale = true;
    const timer = setTimeout(() => inView.read(frame(), classes), REST_MS);
    return () => clearTimeout(timer);
  });
}

function frame(): Box {
  const bounds = stage.map!.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

const minzoomOf = (key: string): number => LISTED.find((listed) => listed.key === key)?.minzoom ?? 0;
