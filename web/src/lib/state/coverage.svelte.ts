import { fetchCoverage, fetchGaps, type Reach } from '$lib/api/coverage';
import type { Coverage, Gap, Gaps } from '$lib/api/model';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';
import { view } from './view.svelte';

/** Roles that act for an owner rather than for the authority. */
const OWNERS = ['carrier_editor', 'carrier_administrator', 'utility'];

export const TECHNOLOGIES = ['5g', '4g'] as const;
export const ENVIRONMENTS = ['outdoor', 'indoor', 'in_vehicle'] as const;

/** Who is reached by which technology, and who is not. */
class CoverageState {
  reached = new Task<Coverage>();
  gaps = new Task<Gaps>();
  gap = $state.raw<Gap | null>(null);
  /** Fewer networks than this make a gap: 1 asks for places that nobody serves. */
  fewerThan = $state(1);

  /**
   * Whether the viewer may see coverage cell by cell: officials, and carriers their own networks.
   * The server decides; this only saves asking for tiles that it would refuse.
   */
  cellsAreOpen = $derived.by(() => {
    const { session, territory } = registry;
    if (!session || session.role === 'public') return false;
    if (!OWNERS.includes(session.role)) return true;
    const own = territory?.organisations.find(({ code }) => code === session.organisation)?.networks ?? [];
    return view.network !== null && own.includes(view.network);
  });

  reach = $derived<Reach>({
    technology: view.technology,
    network: view.network,
    environment: view.environment === 'outdoor' ? null : view.environment,
    // Whoever may not see cells has no choice, whatever an address says.
    model: view.model === 'tr38901' || !this.cellsAreOpen ? null : view.model,
    calibrated: view.calibrated && this.cellsAreOpen ? 'true' : null,
  });

  /** Asks for the figures and the gaps of the technology and network in view. */
  read(reach: Reach): void {
    this.gap = null;
    void this.reached.ask((signal) => fetchCoverage(reach, signal));
    void this.gaps.ask((signal) => fetchGaps(reach, reach.network === null ? this.fewerThan : 1, signal));
  }
}

export const coverage = new CoverageState();
