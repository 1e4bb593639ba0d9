import { named, t } from '$lib/i18n/index.svelte';

const EVENT = /^(\S+)\/(\d+) ([a-z_]+)(?: (.+))?$/;
const ASKED = /^((?:GET|POST|PUT|PATCH|DELETE) \S+) (\S+)$/;
const NAMED = /^(token|asset|account|delegation):(\S+)(?: (.+))?$/;
const TOKEN = /^token:(\S+) (?:made for (.+)|(revoked))$/;
const ROLES = /^(?:added|role) ([a-z_]+)(?: to ([a-z_]+))?$/;

/**
 * What an access concerned, in words. The log keeps short English words and identities: identities stay as they are,
 * and what has no words here is shown as it was kept.
 */
export function aboutText(about: string): string {
  const [, journal, seq, kind, rest] = EVENT.exec(about) ?? [];
  if (kind) return t('accessLog.event', { what: detailed(named('logEvent', kind), rest), journal: journalName(journal!), seq: seq! });
  const [, what, code] = ASKED.exec(about) ?? [];
  if (what) return t('accessLog.asked', { what, code: code! });
  const [, list, id, detail] = NAMED.exec(about) ?? [];
  if (list) return detailed(`${named('logWord', list)} ${id}`, detail);
  return named('logWord', about);
}

/** The national rules have a journal of their own beside each territory's, and what is confidential one beside that. */
function journalName(code: string): string {
  const open = code.replace(/\/confidential$/, '');
  return open === code ? named('journal', code) : t('accessLog.confidential', { journal: named('journal', open) });
}

/** A class, a role before and after, or a word of the log; with the identity that may follow. */
function detailed(what: string, detail: string | undefined): string {
  if (!detail) return what;
  const [, first, next] = ROLES.exec(detail) ?? [];
  if (first) return `${what}: ${named('role', first)}${next ? ` → ${named('role', next)}` : ''}`;
  const [, token, scopes, revoked] = TOKEN.exec(detail) ?? [];
  if (token) {
    const done = revoked ? named('logWord', revoked) : scopes!.split(/[ ,]+/).map((scope) => named('scope', scope)).join(', ');
    return `${what}: ${named('logWord', 'token')} ${token}, ${done}`;
  }
  const [word, ...rest] = detail.split(' ');
  const name = ['logWord', 'class', 'importState'].map((list) => named(list, word)).find((text) => text !== word);
  const whole = named('logWord', detail);
  return `${what}: ${whole === detail && name ? [name, ...rest].join(' ') : whole}`;
}
