import type { Map as MapLibre, MapGeoJSONFeature, MapMouseEvent, Point } from 'maplibre-gl';
import { CLICKABLE } from '$lib/layers/assets';
import { OPTION_LAYERS } from '$lib/layers/areas/closing';
import { GAP_LAYER } from '$lib/layers/areas/coverage-gap';
import { closing } from '$lib/state/closing.svelte';
import { hover } from '$lib/state/hover.svelte';
import { coverage } from '$lib/state/coverage.svelte';
import { live } from '$lib/state/live.svelte';
import { selection, type Glimpse } from '$lib/state/selection.svelte';
import { view } from '$lib/state/view.svelte';

/** How far beside a thin line a click still counts, in pixels. */
const REACH_PX = 5;

/** Hover says what, click says all. While something is being drawn, the drawing has the pointer. */
export function followPointer(map: MapLibre): void {
  // The press that ends a drawing ends before its click arrives.
  let drawing = false;
  const press = () => (drawing = live.kind !== null);
  map.on('mousedown', press);
  map.on('touchstart', press);
  map.on('click', (event) => {
    if (live.kind || drawing) return;
    hover.place = null;
    if (wishOption(map, event.point)) return;
    const here = assetsAt(map, event.point);
    selection.here = here;
    if (here[0]) view.select(here[0].id);
    else if (countedAt(map, event.point)) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
    else if (!selectGap(map, event.point)) {
      const { lngLat, point } = event;
      if (view.asset === null && view.desk === 'map') hover.place = { position: [lngLat.lng, lngLat.lat], x: point.x, y: point.y };
      view.select(null);
    }
  });
  map.on('movestart', () => (hover.place = null));
  map.on('mousemove', (event) => showHover(map, event));
  map.on('mouseout', () => hover.leave());
}

function showHover(map: MapLibre, event: MapMouseEvent): void {
  const { lng, lat } = event.lngLat;
  const found = live.kind ? undefined : assetsAt(map, event.point)[0];
  hover.at([lng, lat], found ? { ...found, x: event.point.x, y: event.point.y } : null);
  if (!live.kind) map.getCanvas().style.cursor = found ? 'pointer' : '';
}

/** The assets near a pixel, points before lines, each once. */
function assetsAt(map: MapLibre, point: Point): Glimpse[] {
  const found = near(map, point).filter(({ properties }) => properties.id);
  const points = found.filter(({ layer }) => layer.type === 'symbol');
  const lines = found.filter(({ layer }) => layer.type === 'line');
  const glimpses = [...points, ...lines].map(({ properties, sourceLayer }) => ({
    id: String(properties.id),
    class: sourceLayer ?? '',
    code: properties.code ? String(properties.code) : '',
  }));
  return [...new Map(glimpses.map((glimpse) => [glimpse.id, glimpse])).values()];
}

/** Whether several assets are drawn as one near a pixel: they part when the map comes nearer. */
const countedAt = (map: MapLibre, point: Point): boolean => near(map, point).some(({ properties }) => 1 < properties.count);

function near(map: MapLibre, { x, y }: Point): MapGeoJSONFeature[] {
  const layers = map.getLayersOrder().filter((id) => id.startsWith(CLICKABLE));
  const box: [[number, number], [number, number]] = [
    [x - REACH_PX, y - REACH_PX],
    [x + REACH_PX, y + REACH_PX],
  ];
  return map.queryRenderedFeatures(box, { layers });
}

/** On the desk of closing plans an option answers before the structure that it stands on. */
function wishOption(map: MapLibre, { x, y }: Point): boolean {
  const layers = OPTION_LAYERS.filter((id) => map.getLayer(id));
  if (layers.length === 0) return false;
  const [found] = map.queryRenderedFeatures([[x - REACH_PX, y - REACH_PX], [x + REACH_PX, y + REACH_PX]], { layers });
  const key = found?.properties.key as string | undefined;
  if (!key) return false;
  closing.picked = key;
  closing.wish(key);
  return true;
}

function selectGap(map: MapLibre, { x, y }: Point): boolean {
  if (!map.getLayer(GAP_LAYER)) return false;
  const [found] = map.queryRenderedFeatures([x, y], { layers: [GAP_LAYER] });
  const gap = coverage.gaps.value?.gaps.find(({ id }) => id === found?.properties.id);
  if (gap) coverage.gap = gap;
  return gap !== undefined;
}
