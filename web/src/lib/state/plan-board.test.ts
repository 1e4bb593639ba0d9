import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PlanSheet } from '$lib/api/model';
import { PlanBoard } from './plan-board.svelte';
import { registry } from './registry.svelte';

/** What the page has asked for, in order. */
let asked: string[] = [];
/** What the server answers to an address that contains a text; `null` is a failure. */
let answers: Record<string, unknown> = {};

const sheet = (version: number) => ({ title: { vi: '', en: '' }, changes: [{ version }] }) as unknown as PlanSheet;

beforeEach(() => {
  asked = [];
  answers = { '/api/v1/plan/': { type: 'FeatureCollection', features: [] }, '/api/v1/plan': sheet(4), '/': {} };
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const [, answer] = Object.entries(answers).find(([part]) => path.startsWith(part)) ?? [];
    return answer === null ? new Response('{"code":"x"}', { status: 503 }) : new Response(JSON.stringify(answer));
  });
});
afterEach(() => vi.unstubAllGlobals());

it('the layers are read after the version that their numbers hold for', async () => {
  const board = new PlanBoard();
  await board.read(true);
  expect(asked[0]).toBe('/api/v1/plan');
  expect(asked.slice(1).every((path) => path.startsWith('/api/v1/plan/'))).toBe(true);
  expect([board.version, board.unread]).toEqual([4, false]);
});

it('whoever only reads the plan is not made to wait for its layers', async () => {
  const board = new PlanBoard();
  await board.read(false);
  expect([asked, board.version, board.plan?.changes[0]?.version]).toEqual([['/api/v1/plan'], null, 4]);
});

it('nothing can be changed by its number while a layer is unread, and a sheet that was read stays', async () => {
  const board = new PlanBoard();
  await board.read(true);
  answers = { '/api/v1/plan/roads': null, ...answers };
  await board.read(true);
  expect([board.version, board.unread, registry.missingPlan]).toEqual([null, true, ['roads']]);
  answers = { '/api/v1/plan': null };
  await board.read(true);
  expect([board.version, board.unread, board.plan?.changes[0]?.version]).toEqual([null, true, 4]);
});

it('a change names the version that was seen, and its form is put away before all is read anew', async () => {
  const board = new PlanBoard();
  await board.read(true);
  answers = { '/api/v1/plan/changes': { version: 5 }, ...answers, '/api/v1/plan': sheet(5) };
  asked = [];
  const done = vi.fn(() => expect(asked).toEqual(['/api/v1/plan/changes']));
  await board.change({ act: 'retire_feature', layer: 'zones', number: 0 }, ' vì ', 4, done);
  expect(done).toHaveBeenCalledOnce();
  expect([board.saved, board.version, board.deed.problem]).toEqual([5, 5, null]);
});

it('a change that is refused keeps its form, with what the server says', async () => {
  const board = new PlanBoard();
  await board.read(true);
  answers = { '/api/v1/plan/changes': null, ...answers };
  const done = vi.fn();
  await board.change({ act: 'retire_feature', layer: 'zones', number: 0 }, 'vì', 3, done);
  expect(done).not.toHaveBeenCalled();
  expect([board.saved, board.deed.problem?.code, board.version]).toEqual([null, 'x', 4]);
});
