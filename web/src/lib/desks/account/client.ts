/** Names in what a browser says of itself, the more telling first: most call themselves several things. */
const BROWSERS: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/coc_coc_browser\/(\d+)/, 'Coc Coc'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrom(?:e|ium)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A browser in a few words, for example `Firefox 140, Windows`; what is unknown is shortened, nothing is null. */
export function browserOf(client: string | null): string | null {
  if (!client) return null;
  const browser = BROWSERS.map(([pattern, name]) => [pattern.exec(client)?.[1], name]).find(([version]) => version);
  const system = SYSTEMS.find(([pattern]) => pattern.test(client))?.[1];
  if (!browser) return client.slice(0, 40);
  return [`${browser[1]} ${browser[0]}`, system].filter(Boolean).join(', ');
}
