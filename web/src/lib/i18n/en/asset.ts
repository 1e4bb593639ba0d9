import type { Message } from '../message';
import type { asset as vi } from '../vi/asset';

/** Texts in English: an asset and the table twin. */
export const asset: Record<keyof typeof vi, Message> = {
  // Details of an asset
  'asset.title': 'Asset details',
  'asset.back': 'Back to {desk}',
  'asset.loading': 'Reading the asset',
  'asset.hidden': 'This asset cannot be shown',
  'asset.hiddenDetail': 'It is not in the registry, or you may not see it.',
  'asset.noCode': '(no code)',
  'asset.show': 'Go to the asset on the map',
  'asset.generalised': 'Generalised position',
  'asset.generalisedDetail': 'The public sees only an approximate position, within {metres} m.',
  'asset.approximate': '≈ approximate',
  'asset.free': 'Free capacity',
  'asset.replaced': 'A duplicate, merged into another record',
  'asset.openStanding': 'Open the record that stands',
  'asset.alsoHere': 'Also here',
  'asset.codeHidden': '(not public)',
  'free.known': '{n} free',
  'free.unknown': 'unknown ({reason})',
  'value.none': 'not stated',
  'value.choose': 'Choose…',
  'value.notGiven': 'Not stated',
  'value.yes': 'yes',
  'value.no': 'no',
  'value.unknownBecause': 'unknown ({reason})',

  // Table twin
  'table.short': 'Table',
  'table.title': 'Assets in view',
  'table.count': '{n} of {all} {all|asset|assets}',
  'table.more': 'Read more',
  'table.close': 'Close the table',
  'table.loading': 'Reading the table',
  'table.empty': 'No asset of the layers that are on lies in view.',
  'table.code': 'Code',
  'table.class': 'Class',
  'table.owner': 'Owner',
  'table.status': 'Status',
  'table.accuracy': 'Accuracy',
  'table.free': 'Free capacity',
};
