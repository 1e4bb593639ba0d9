import type { Message } from '../message';
import type { frame as vi } from '../vi/frame';

/** Texts in English: the frame, search, problems and print. */
export const frame: Record<keyof typeof vi, Message> = {
  // The frame
  'app.name': 'Passive telecom infrastructure',
  'app.skip': 'Skip to the panel',
  'app.loading': 'Loading the territory',
  'rail.label': 'Desks',
  'desk.map': 'Map',
  'desk.screening': 'Screening',
  'desk.cases': 'Requests',
  'desk.works': 'Works',
  'desk.coverage': 'Coverage',
  'desk.accounts': 'Accounts',
  'desk.account': 'Mine',
  'desk.registry': 'Registry',
  'desk.imports': 'Imports',
  'desk.rules': 'Plan & rules',
  'panel.label': 'Panel',
  'panel.resize': 'Resize the panel',
  'panel.raise': 'Raise the panel',
  'panel.lower': 'Lower the panel',
  'language.label': 'Language',
  'language.vi': 'Tiếng Việt (Vietnamese)',
  'language.en': 'English',
  'theme.toDark': 'Switch to dark',
  'theme.toLight': 'Switch to light',
  'ribbon.title': 'Synthetic data',
  'ribbon.detail': 'The assets and figures on this map were generated for illustration; they are not real.',
  'territory.figures': '{people} {people|person|people} · {area} km²',
  'territory.none': 'No territory is loaded',
  'territory.noPlan': 'no plan',
  'territory.noneDetail': 'This server holds no boundary or plan yet. Positions are checked against the whole world.',
  'territory.missingPlan': 'Some plan layers could not be read',

  // Search
  'search.label': 'Search assets, hamlets or coordinates',
  'search.placeholder': 'Search code, hamlet, coordinates…',
  'search.results': 'Search results',
  'search.none': 'Nothing found in what is loaded. Zoom out, or enter coordinates.',
  'search.hamlet': 'Hamlet',
  'search.position': 'Position (longitude, latitude)',

  // Problems
  'problem.offline': 'The server cannot be reached',
  'problem.offlineDetail': 'Check the connection and try again. What is on the screen stays.',
  'problem.forbidden': 'You may not do this',
  'problem.refused': 'The server refused the request',
  'problem.noDetail': 'The server gave no reason.',
  'problem.value': 'Refused value: {value}',
  'problem.code': 'Code: {code}',
  'problem.retry': 'Try again',

  // Print
  'print.button': 'Print the map',
  'print.title': '{desk} – {name}',
  'print.north': 'North',
  'print.date': 'printed {date}',
  'print.advisory': 'for information; it does not replace the original records',
};
