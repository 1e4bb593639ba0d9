import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from './en';
import { fill, places } from './message';
import { vi } from './vi';

const SOURCE = join(import.meta.dirname, '../..');
const keys = Object.keys(vi) as (keyof typeof vi)[];

/** Letters that only Vietnamese uses. */
const VIETNAMESE = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A file's text without its comments. */
const code = (path: string) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm, '');

const shipped = files(SOURCE).filter((path) => /\.(svelte|ts)$/.test(path) && !/\.test\.ts$|i18n.(vi|en)(.\w+)?\.ts$/.test(path));

it('both languages have the same keys, with the same places, and no text is empty', () => {
  expect(Object.keys(en)).toEqual(keys);
  for (const key of keys) {
    expect(places(en[key]), key).toEqual(places(vi[key]));
    expect(vi[key].trim(), key).not.toBe('');
  }
});

it('a text with several numbers has a word for exactly one of each', () => {
  const text = en['host.failsTogether'];
  expect(fill(text, { people: 1, places: 1, networks: 1 })).toBe('If it fails, 1 person and 1 priority place lose service together (1 network)');
  expect(fill(text, { people: 2, places: 0, networks: 3 })).toBe('If it fails, 2 people and 0 priority places lose service together (3 networks)');
  expect(places('{n} {n|row|rows}')).toEqual(['n']);
});

/** A plural after a single one, perhaps with a word between them. */
const PLURAL_OF_ONE = /(?<![\d.,])1 (?:(?!(?:in|of|on)\b)[a-z]+ )?(?!(?:stands|lets|outdoors|has|meets)\b)[a-z]+[^s\W]s\b|\b1 people\b/;

it('English says no plural of one', () => {
  const values = new Proxy({}, { get: () => 1 });
  for (const key of keys) {
    const said = fill(en[key], values as Record<string, number>);
    // A unit stands after its number wherever it is written.
    expect(key.startsWith('unit.') ? `1 ${said}` : said, key).not.toMatch(PLURAL_OF_ONE);
  }
});

it('no text outside the language files: no Vietnamese letters', () => {
  // These two read what people type; they hold letters, not texts.
  const readers = ['coordinates.ts', 'fonts.ts', 'search.ts'];
  for (const path of shipped.filter((path) => !readers.some((name) => path.endsWith(name)))) {
    expect(VIETNAMESE.exec(code(path))?.[0], path).toBeUndefined();
  }
});

it('no text outside the language files: no words between tags', () => {
  for (const path of shipped.filter((path) => path.endsWith('.svelte'))) {
    const markup = code(path).replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
    const words = markup.replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '').match(/>[^<>]*\p{L}{2,}[^<>]*</gu) ?? [];
    expect(words.filter((word) => !/Hatang/.test(word)), path).toEqual([]);
  }
});

it('an outcome is an opinion and never a permit', () => {
  // The licence of data, and another authority's paper that a record was copied from.
  const ofOthers = ['help.licence', 'survey.declared'];
  for (const key of keys) {
    expect(vi[key], key).not.toMatch(/cấp phép/i);
    if (!ofOthers.includes(key)) expect(vi[key], key).not.toMatch(/giấy phép/i);
    expect(JSON.stringify(en[key]), key).not.toMatch(/\bpermit\b/i);
  }
});

it('every key is used', () => {
  const all = shipped.map(code).join('\n');
  const lists = /^(class|ruleArea.from|caseKind|caseState|condition|conditionVerdict|conformity|opinion|worksVerdict|worksStage|worksStep|worksDay|interest|need|requestClass|status|reason|place|sector|surface|kind|survey|field|role|verdict|hostVerdict|severity|confidence|unit|stroke|environment|figure|layer|group|desk|table|language|search|theme|fibreClass|fibreWhy|fibre.leg|land|means|preference|why|step|part|scope|scopeDetail|delegated|signOnProblem|held|access|journal|logEvent|logWord|planPart|planField|planDraw|plan.fault|shapeKind|roadKind|dykeClass|canalClass|waterwayClass|powerClass|zone|grant|audience|secrecy|shown|registryPage|lifeLayer|placeOrder|past|duplicateState|duplicateAct|deviation|deviationState|deviationAct|historyKind|importState|importStep|rowAction|rowSeverity|says|contradiction|scenario|sources.kind|link|clock|answeredBy|hostFactor|parameter|document|gate|way|owed|wayVerdict|origin|coverage.model|ground.kind)\./;
  for (const key of keys) expect(lists.test(key) || all.includes(`'${key}'`), key).toBe(true);
});
