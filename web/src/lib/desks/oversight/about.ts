import { named, t } from '$lib/i18n/index.svelte';

const EVENT = /^(\S+)\/(\d+) ([a-z_]+)(?: (.+))?$/;
const ASKED = /^((?:GET|POST|PUT|PATCH|DELETE) \S+) (\S+)$/;
const NAMED = /^(token|asset|account|delegation):(\S+)(?: (.+))?$/;
const ROLES = /^(?:added|role) ([a-z_]+)(?: to ([a-z_]+))?$/;

/**
 * What an access concerned, in words. The log keeps short English words and identities: identities stay as they are,
 * and what has no words here is shown as it was kept.
 */
export function aboutText(about: string): string {
  const [, journal, seq, kind, rest] = EVENT.exec(about) ?? [];
  if (kind) return t('accessLog.event', { what: detailed(named('logEvent', kind), rest), journal: named('journal', journal), seq: seq! });
  const [, what, code] = ASKED.exec(about) ?? [];
  if (what) return t('accessLog.asked', { what, code: code! });
  const [, list, id, detail] = NAMED.exec(about) ?? [];
  if (list) return detailed(`${named('logWord', list)} ${id}`, detail);
  return named('logWord', about);
}

/** A class, a role before and after, or a word of the log; with the identity that may follow. */
function detailed(what: string, detail: string | undefined): string {
  if (!detail) return what;
  const [, first, next] = ROLES.exec(detail) ?? [];
  if (first) return `${what}: ${named('role', first)}${next ? ` → ${named('role', next)}` : ''}`;
  const [word, ...rest] = detail.split(' ');
  const name = ['logWord', 'class', 'importState'].map((list) => named(list, word)).find((text) => text !== word);
  const whole = named('logWord', detail);
  return `${what}: ${whole === detail && name ? [name, ...rest].join(' ') : whole}`;
}
