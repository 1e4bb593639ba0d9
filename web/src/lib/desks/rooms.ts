import type { Component } from 'svelte';
import type { Session } from '$lib/api/model';
import type { Desk } from '$lib/state/url';
import CoverageDesk from './coverage/CoverageDesk.svelte';
import MapDesk from './map/MapDesk.svelte';
import ScreeningDesk from './screening/ScreeningDesk.svelte';

/** What the panel shows for a desk of the rail. */
export interface Room {
  room: Component;
  /** Whether its tables need more than a panel's width. */
  wide?: true;
  /** Roles whose desk it is; everybody's when absent. What may be done there is the server's to decide. */
  roles?: readonly Session['role'][];
}

/** Every desk, in the order of the rail. */
export const ROOMS: Record<Desk, Room> = {
  map: { room: MapDesk },
  screening: { room: ScreeningDesk },
  coverage: { room: CoverageDesk },
};

/** Whether a role finds the desk on its rail. */
export const isDeskOf = (desk: Desk, role: Session['role']): boolean => ROOMS[desk].roles?.includes(role) ?? true;
