/**
 * The shapes that the server speaks, as the rest of the app names them.
 *
 * Every shape comes from the OpenAPI document through `types.ts`; nothing is written down twice.
 */
import type { FeatureCollection, Geometry } from 'geojson';
import type { components } from './types';

type Schemas = components['schemas'];

/** A shape with geometries as GeoJSON types them: the OpenAPI document can only say that coordinates are nested. */
type Shaped<T> = T extends Schemas['Geometry']
  ? Geometry
  : T extends (infer Item)[]
    ? Shaped<Item>[]
    : T extends object
      ? { [Key in keyof T]: Shaped<T[Key]> }
      : T;

export type Session = Schemas['Session'];
export type DemoAccount = Schemas['DemoAccount'];
export type MyAccount = Schemas['MyAccount'];
export type Enrolment = Schemas['Enrolment'];
export type RecoveryCodes = Schemas['RecoveryCodes'];
export type MySessions = Schemas['MySessions'];
export type MyTokens = Schemas['MyTokens'];
export type MadeToken = Schemas['MadeToken'];
export type ManagedAccounts = Schemas['ManagedAccounts'];
export type ManagedAccount = Schemas['ManagedAccount'];
export type AddAccount = Schemas['AddAccount'];
export type AmendAccount = Schemas['AmendAccount'];
export type OneTimeCode = Schemas['OneTimeCode'];
export type Delegations = Schemas['Delegations'];
export type Delegation = Schemas['Delegation'];
export type GrantDelegation = Schemas['GrantDelegation'];

export type Territory = Schemas['Territory'];
export type PlanLayer = Schemas['PlanLayerName'];
export type PlannedImport = Schemas['PlannedImport'];
export type PastAssets = Shaped<Schemas['PastAssets']>;
export type PlanCollection = FeatureCollection<Geometry, Schemas['PlanFeature']['properties']>;

export type AssetPage = Shaped<Schemas['AssetPage']>;
export type AssetFeature = Shaped<Schemas['AssetFeature']>;
export type Free = Schemas['Free'];
export type Tenancy = Schemas['Tenancy'];

export type AssetRecord = Shaped<Schemas['AssetRecord']>;
export type HistoryEntry = Shaped<Schemas['HistoryEntry']>;
export type FieldChange = Schemas['FieldChange'];
export type Written = Schemas['Written'];
export type NewAsset = Shaped<Schemas['NewAssetFeature']>;
export type AssetAmendment = Shaped<Schemas['AssetAmendment']>;
export type PlaceReading = Shaped<Schemas['PlaceReading']>;
export type NearbyStructure = Schemas['NearbyStructure'];
export type CodeList = Schemas['CodeList'];
export type QualityBoard = Schemas['QualityBoard'];
export type Deviation = Schemas['Deviation'];
export type Duplicate = Shaped<Schemas['DuplicateGroup']>;
export type DuplicateAct = Schemas['DuplicateAct'];
export type DuplicateDecided = Schemas['DuplicateDecided'];
export type DuplicatePage = Shaped<Schemas['DuplicatePage']>;
export type DuplicateState = Schemas['DuplicateState'];
export type DeviationReport = Schemas['DeviationReport'];
export type DeviationAct = Schemas['DeviationAct'];
export type Import = Schemas['Import'];
export type ImportRows = Shaped<Schemas['ImportRows']>;
export type ImportRow = Shaped<Schemas['ImportRow']>;
export type RowAction = Schemas['RowAction'];

export type RequestFeature = Shaped<Schemas['RequestFeature']>;
export type RequestProperties = Schemas['RequestProperties'];
export type ScreeningAnswer = Shaped<Schemas['Screening']>;
export type ScreenedItem = Shaped<Schemas['ScreenedItem']>;
export type Finding = Schemas['Finding'];
export type Verdict = Schemas['Verdict'];
export type Citation = Schemas['Citation'];
export type Host = Shaped<Schemas['Host']>;
export type HostVerdict = Schemas['HostVerdict'];
export type Way = Shaped<Schemas['Way']>;
export type Condition = Schemas['Condition'];
export type DigOnce = Schemas['DigOnce'];
export type RequestCollection = Shaped<Schemas['RequestCollection']>;

export type CaseList = Shaped<Schemas['CaseList']>;
export type CaseRow = Shaped<Schemas['CaseRow']>;
export type CaseReceipt = Schemas['CaseReceipt'];
export type CaseState = Schemas['CaseState'];
export type AdvisoryOpinion = Schemas['AdvisoryOpinion'];
export type CaseStep = Schemas['CaseStep'];
export type ShownCase = Shaped<Schemas['ShownCase']>;
export type YearlyPlans = Shaped<Schemas['YearlyPlans']>;
export type YearlyPlanItem = YearlyPlans['items'][number];
export type YearlyPlanFile = Schemas['YearlyPlanFile'];
export type YearlyPlanAdoption = Schemas['YearlyPlanAdoption'];
export type ScreenedRequest = Shaped<Schemas['ScreenedRequest']>;
export type ScreeningReceipt = Schemas['ScreeningReceipt'];
export type Rerun = Schemas['Rerun'];
export type WorksList = Shaped<Schemas['WorksList']>;
export type WorksRow = Shaped<Schemas['WorksRow']>;
export type Undecided = Schemas['Undecided'];
export type ReplyClock = Schemas['ReplyClock'];
export type OpportunityList = Schemas['OpportunityList'];
export type Opportunity = Schemas['Opportunity'];
export type WorksReceipt = Schemas['WorksReceipt'];
export type Changed = Schemas['Changed'];
export type Outcome = Schemas['Outcome'];
export type ShownVerdict = Schemas['ShownVerdict'];

export type RuleSetSheet = Schemas['RuleSetSheet'];
export type RecordChange = Schemas['RecordChange'];
export type RuleSheet = Schemas['RuleSheet'];
export type RuleVersion = Schemas['RuleVersion'];
export type RuleParameter = Schemas['Parameter'];
export type RuleClock = Schemas['ClockSheet'];
export type ClockVersion = Schemas['ClockVersion'];
export type ClockLimit = Schemas['ClockLimit'];
export type RuleChange = Schemas['RuleChange'];
export type ClockChange = Schemas['ClockChange'];
export type OutlineSheet = Schemas['OutlineSheet'];
export type OutlineChange = Shaped<Schemas['OutlineChange']>;
export type PlanSheet = Schemas['PlanSheet'];
export type PlanChange = Shaped<Schemas['PlanChange']>;
export type PlanFeatureLayer = Schemas['PlanFeatureLayer'];
export type PlanStatement = Schemas['PlanStatement'];

/** A sentence in both languages. */
export type Text = Schemas['Text'];

export type Permissions = Schemas['Permissions'];
export type AccessPage = Schemas['AccessPage'];
export type AccessEntry = Schemas['AccessEntry'];

export type Coverage = Schemas['Coverage'];
export type CoverageModel = Schemas['CoverageModel'];
export type HamletCoverage = Schemas['HamletCoverage'];
export type Gap = Shaped<Schemas['Gap']>;
export type Gaps = Shaped<Schemas['Gaps']>;

export type ClosingQuestion = Schemas['ClosingQuestion'];
export type ClosingJob = Shaped<Schemas['ClosingJob']>;
export type ClosingPlan = Shaped<Schemas['ClosingPlan']>;
export type ClosingSteps = Shaped<Schemas['ClosingSteps']>;
export type ClosingPick = Schemas['ClosingPick'];
export type ClosingChoice = Schemas['ClosingChoice'];
export type ClosingBalance = Schemas['ClosingBalance'];
export type ClosingCompared = Schemas['ClosingCompared'];

export type FibreReach = Shaped<Schemas['FibreReach']>;
export type FibreHamlet = Shaped<Schemas['FibreHamlet']>;
export type FibrePlace = Shaped<Schemas['FibrePlace']>;
export type FibreExtension = Shaped<Schemas['FibreExtension']>;

export type CoverageComparison = Shaped<Schemas['CoverageComparison']>;
export type ComparedGroup = Shaped<Schemas['ComparedGroup']>;
export type CoverageSource = Schemas['CoverageSource'];
export type CoverageSourceReport = Schemas['CoverageSourceReport'];
export type ClassFit = Schemas['ClassFit'];
export type GroundSources = Schemas['GroundSources'];
export type GroundSourceReport = Schemas['GroundSourceReport'];
export type LinkAnswer = Schemas['LinkAnswer'];

/** Every layer of the plan. */
export const PLAN_LAYERS = [
  'boundary', 'neighbours', 'zones', 'hamlets', 'places', 'roads', 'works', 'planned', 'constraints',
] as const satisfies readonly PlanLayer[];
