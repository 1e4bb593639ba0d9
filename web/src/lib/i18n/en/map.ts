import type { Message } from '../message';
import type { map as vi } from '../vi/map';

/** Texts in English: the map. */
export const map: Record<keyof typeof vi, Message> = {
  // Map
  'map.title': 'Map of telecom infrastructure',
  'map.controls': 'Map controls',
  'map.zoomIn': 'Zoom in',
  'map.zoomOut': 'Zoom out',
  'map.whole': 'Show the whole territory',
  'map.scale': 'Scale bar {length}',
  'map.sourceLine': 'Source: {plan}; Hatang registry, data version {seq}',
  'map.broken': 'This browser cannot draw the map',
  'map.brokenDetail': 'The map needs WebGL 2. The table, screening and coverage still work.',
  'place.screenHere': 'Screen a request here',
  'draw.hintPoint': 'Click the map to choose the position.',
  'draw.hintLine': 'Click to add points; they snap to poles and manholes. Click the last one again or press Enter to finish.',
  'draw.length': 'Length {length}',
  'draw.hintArea': 'Click to add corners. Click the first one again or press Enter to close the area.',
  'draw.area': 'Area {area}',
};
