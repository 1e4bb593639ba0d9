import type { Component } from 'svelte';
import type { Session } from '$lib/api/model';
import type { Desk } from '$lib/state/url';
import AccountDesk from './account/AccountDesk.svelte';
import AccountsDesk from './accounts/AccountsDesk.svelte';
import CasesDesk from './cases/CasesDesk.svelte';
import CoverageDesk from './coverage/CoverageDesk.svelte';
import ImportsDesk from './imports/ImportsDesk.svelte';
import MapDesk from './map/MapDesk.svelte';
import OversightDesk from './oversight/OversightDesk.svelte';
import WorksDesk from './works/WorksDesk.svelte';
import RegistryDesk from './registry/RegistryDesk.svelte';
import ScreeningDesk from './screening/ScreeningDesk.svelte';

/** What the panel shows for a desk of the rail. */
export interface Room {
  room: Component;
  /** Whether its tables need more than a panel's width. */
  wide?: true;
  /** Roles whose desk it is; everybody's when absent. What may be done there is the server's to decide. */
  roles?: readonly Session['role'][];
}

/** Who files requests, and who reads those that were handed in. */
const CASE_ROLES = [
  'carrier_editor', 'carrier_administrator', 'utility', 'assessor', 'signatory', 'plan_lead', 'planner', 'security_officer',
  'city_viewer', 'auditor', 'operator',
] as const;

/** Every desk, in the order of the rail. */
export const ROOMS: Record<Desk, Room> = {
  map: { room: MapDesk },
  screening: { room: ScreeningDesk },
  cases: { room: CasesDesk, roles: CASE_ROLES },
  works: { room: WorksDesk },
  coverage: { room: CoverageDesk },
  registry: { room: RegistryDesk },
  imports: { room: ImportsDesk, roles: ['carrier_editor', 'carrier_administrator', 'utility', 'operator'] },
  oversight: { room: OversightDesk, wide: true, roles: ['security_officer', 'auditor', 'operator'] },
  accounts: { room: AccountsDesk, wide: true, roles: ['operator', 'carrier_administrator'] },
  // Opened from one's own name, so on nobody's rail until it is.
  account: { room: AccountDesk, roles: [] },
};

/** Whether a role finds the desk on its rail. */
export const isDeskOf = (desk: Desk, role: Session['role']): boolean => ROOMS[desk].roles?.includes(role) ?? true;
