/** What is wrong with one field of a record. */
export interface FieldProblem {
  field: string | null;
  value: string | null;
  detail_vi: string;
  detail_en: string;
}

/** Why a call failed, in both languages, with a stable code. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    /** Stable code, for example `request.outside_territory`. */
    readonly code: string,
    readonly detail: { vi: string; en: string } | null = null,
    /** The value that was refused, when the server names it. */
    readonly value: string | null = null,
    /** Everything that is wrong with the fields of a record that was sent. */
    readonly fields: readonly FieldProblem[] = [],
  ) {
    super(code);
  }

  /** The server was not reached: offline, stopped, or the connection broke. */
  get offline(): boolean {
    return this.status === 0;
  }

  /** The viewer may not see or do this. */
  get forbidden(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** Reads an `application/problem+json` reply; any other error body keeps only its status. */
export async function problemFrom(reply: Response): Promise<Problem> {
  const body: unknown = await reply.json().catch(() => null);
  if (typeof body !== 'object' || body === null) return new Problem(reply.status, `http.${reply.status}`);
  const { code, detail_vi, detail_en, value, fields } = body as Record<string, unknown>;
  const detail = typeof detail_vi === 'string' && typeof detail_en === 'string' ? { vi: detail_vi, en: detail_en } : null;
  return new Problem(
    reply.status,
    typeof code === 'string' ? code : `http.${reply.status}`,
    detail,
    value === undefined || value === null ? null : String(value),
    Array.isArray(fields) ? (fields as FieldProblem[]) : [],
  );
}
