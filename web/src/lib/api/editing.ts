import type { Geometry } from 'geojson';
import { get, post, send } from './client';
import type {
  AssetAmendment, AssetRecord, CodeList, Deviation, DeviationAct, DeviationReport, Duplicate, DuplicateDecided, DuplicatePage,
  DuplicateState, HistoryEntry, NearbyStructure, NewAsset, PlaceReading, QualityBoard, Written,
} from './model';

const asset = (id: string): string => `/api/v1/assets/${encodeURIComponent(id)}`;
/** The version that was seen: the server refuses a change that starts from an older one. */
const from = (version: number): Record<string, string> => ({ 'if-match': `"${version}"` });
const dry = (isDry: boolean): string => (isDry ? '?dry_run=true' : '');

export const fetchRecord = (id: string): Promise<AssetRecord> => get(`${asset(id)}/record`);
export const fetchHistory = (id: string): Promise<HistoryEntry[]> => get(`${asset(id)}/history`);
export const registerAsset = (body: NewAsset, isDry: boolean): Promise<Written> => post(`/api/v1/assets${dry(isDry)}`, body);
export const amendAsset = (id: string, version: number, body: AssetAmendment, isDry: boolean): Promise<Written> =>
  send('PATCH', asset(id) + dry(isDry), body, from(version));
export const retireAsset = (id: string, version: number, reason: string): Promise<Written> =>
  send('POST', `${asset(id)}/retirement`, { reason }, from(version));

/** Every way to understand a pasted text as a place. */
export const readPlace = (text: string): Promise<PlaceReading[]> => post('/api/v1/places', { text });

/** What stands near a shape that is being drawn. */
export const fetchNearby = (assetClass: string, geometry: Geometry): Promise<NearbyStructure[]> =>
  post('/api/v1/nearby', { class: assetClass, geometry, reach_m: 60 });

export const fetchCodeLists = (): Promise<CodeList[]> => get('/api/v1/code-lists');
export const fetchQuality = (): Promise<QualityBoard> => get('/api/v1/quality');

export const fetchDeviations = (): Promise<Deviation[]> => get('/api/v1/deviations');
export const reportDeviation = (body: DeviationReport): Promise<Deviation> => post('/api/v1/deviations', body);
export const answerDeviation = (id: string, act: DeviationAct, reason: string | null): Promise<Deviation> =>
  post(`/api/v1/deviations/${encodeURIComponent(id)}/answers`, { act, reason });

/** One page of the records that are likely of one structure, or of what became of earlier ones. */
export const fetchDuplicates = (state: DuplicateState, assetClass: string, after: string | null): Promise<DuplicatePage> =>
  get('/api/v1/duplicates', { state, class: assetClass || null, after, limit: 50 });
export const decideDuplicate = (body: DuplicateDecided): Promise<Duplicate> => post('/api/v1/duplicates', body);
