// What "worker" of "outreach" promises, version "1".
// Derived from the contract: change that, then run `seamwright contracts generate`.

/** Any answer, said loosely: only what tells success from failure is sure. */
export interface ApiResponse<T> {
  success: boolean;
  data?: T;
  error?: {
    code: string;
    message: string;
    retryable: boolean;
  };
  meta?: {
    requestId: string;
    duration: number;
  };
}

/** A success, exactly. */
export interface ApiSuccess<T> {
  success: true;
  data: T;
  meta: {
    requestId: string;
    duration: number;
  };
}

/** A failure, exactly. */
export interface ApiFailure<C extends string = ErrorCode> {
  success: false;
  error: {
    code: C;
    message: string;
    retryable: boolean;
  };
  meta: {
    requestId: string;
    duration?: number;
  };
}

/** Whether an answer is a success. */
export function isSuccess<T, C extends string>(
  body: ApiResponse<T> | ApiSuccess<T> | ApiFailure<C>,
): body is ApiSuccess<T> {
  return body.success === true;
}

/** Whether an answer is a failure. */
export function isFailure<T, C extends string>(
  body: ApiResponse<T> | ApiSuccess<T> | ApiFailure<C>,
): body is ApiFailure<C> {
  return body.success === false;
}

/** Counts over all emails and enrichments. */
export interface Analytics {
  /** Emails that a mail server took */
  sent: number;
  /** Emails that are still to be sent */
  queued: number;
  /** Emails that will never be sent */
  failed: number;
  /** Emails that were answered */
  replied: number;
  /** Prospects of whom something was found */
  enriched: number;
}

/** The state of one circuit breaker. */
export interface Breaker {
  /** Whom it guards the calls to */
  dependency: string;
  state: "closed" | "open" | "half-open";
  /** Failures since the last success */
  consecutiveFailures: number;
  /** Failures after which it opens */
  opensAfter: number;
  /** How long it stays open */
  halfOpenAfterMs: number;
}

/** All circuit breakers. */
export interface Breakers {
  breakers: Breaker[];
}

/** Which email. */
export interface ByEmail {
  /** UUID of email */
  emailId: string;
}

/** Which cron job. */
export interface ByJob {
  job: "outbox" | "inbox" | "enrichment";
}

/** Whose. */
export interface ByProspect {
  /** UUID of prospect */
  prospectId: string;
}

/** What one run of a cron job did. */
export interface CronReport {
  job: "outbox" | "inbox" | "enrichment";
  /** What was due */
  processed: number;
  /** What was done */
  succeeded: number;
  /** What stays due, or can never be done */
  failed: number;
}

/** An email as D1 has it. */
export interface Email {
  /** UUID of email */
  emailId: string;
  /** UUID of prospect */
  prospectId: string;
  /** UUID of campaign */
  campaignId: string;
  /** UUID of the mailbox it is sent from */
  mailboxId: string;
  /** Address of the mailbox */
  sender: string;
  /** Address of the prospect */
  recipient: string;
  /** Subject line of the email */
  subject: string;
  /** Plain text of the email */
  body: string;
  /** What became of the email */
  status: "sent" | "queued" | "failed";
  /** When it came into being */
  createdAt: string;
  /** When to send it; at once where it is missing */
  scheduledFor?: string;
  /** When the mail server took it */
  sentAt?: string;
  /** When a reply was read */
  repliedAt?: string;
}

/** Emails, newest first; `nextCursor` is absent on the last page. */
export interface EmailPage {
  items: Email[];
  /** Where the next page begins; none on the last one */
  nextCursor?: string;
}

/** Which emails, and from where on. */
export interface EmailQuery {
  /** What became of the email */
  status?: "sent" | "queued" | "failed";
  /** UUID of prospect */
  prospectId?: string;
  /** UUID of campaign */
  campaignId?: string;
  /** `nextCursor` of the page before */
  cursor?: string;
  /** Most items of a page */
  limit?: number;
}

/** Find out more about a prospect (seed). */
export interface EnrichmentRequest {
  /** UUID of prospect */
  prospectId: string;
  /** What to find out */
  type: "website" | "email" | "both";
}

/** What was found (seed). */
export interface EnrichmentResponse {
  /** UUID of prospect */
  prospectId: string;
  /** Website of the prospect's company */
  website?: string;
  /** Email address of the prospect */
  email?: string;
  /** How much was found; what is missing is queued */
  status: "complete" | "partial" | "failed";
}

/** How a service does (seed); bare, outside of the envelope. */
export interface HealthReport {
  status: "healthy" | "degraded" | "unhealthy";
  /** Version of the service */
  version: string;
  /** Seconds since it started */
  uptime: number;
  dependencies: Record<string, "healthy" | "degraded" | "unhealthy">;
}

/**
 * How an order is made safe to repeat: the same key is answered with the first result, 24 h.
 */
export interface OrderHeaders {
  /** Yours for this order; the same again is not sent twice, for 24 hours */
  "idempotency-key"?: string;
}

/** Send an email to a prospect, now or at a given moment (seed). */
export interface SendEmailRequest {
  /** UUID of prospect */
  prospectId: string;
  /** UUID of campaign */
  campaignId: string;
  /** When to send it; at once where it is missing */
  scheduledFor?: string;
}

/** What became of the email (seed). */
export interface SendEmailResponse {
  /** UUID of email */
  emailId: string;
  /** What became of the email */
  status: "sent" | "queued" | "failed";
  /** When the mail server took it */
  sentAt?: string;
}

/** One entity in its owner's store and in the worker's cache. */
export interface StoreComparison {
  entity: "prospects" | "campaigns" | "mailboxes";
  owner: "supabase";
  /** Rows in Supabase */
  ownerCount: number;
  /** Rows in D1 */
  cacheCount: number;
  /** Digest of the rows in Supabase */
  ownerDigest: string;
  /** Digest of the rows in D1 */
  cacheDigest: string;
  /** Whether both digests are the same */
  inSync: boolean;
}

/** Whether D1 and Supabase say the same; `repaired` counts the rows that were put right. */
export interface SyncReport {
  /** Whether all entities are in sync */
  inSync: boolean;
  entities: StoreComparison[];
  /** Rows that were put right */
  repaired: number;
}

/** Every code of the catalogue. */
export type ErrorCode =
  | "MALFORMED_REQUEST"
  | "UNSUPPORTED_VERSION"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "PROSPECT_NOT_FOUND"
  | "CAMPAIGN_NOT_FOUND"
  | "MAILBOX_NOT_FOUND"
  | "EMAIL_NOT_FOUND"
  | "ENRICHMENT_NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "PROSPECT_WITHOUT_EMAIL"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "VALIDATION_FAILED"
  | "IDEMPOTENCY_KEY_REUSED"
  | "RATE_LIMITED"
  | "INTERNAL_ERROR"
  | "MAILBOX_UNAVAILABLE"
  | "WORKER_UNAVAILABLE"
  | "SUPABASE_UNAVAILABLE"
  | "D1_UNAVAILABLE"
  | "EXTERNAL_UNAVAILABLE"
  | "MAIL_UNAVAILABLE";

/** The codes that any endpoint may answer. */
export type CommonErrorCode =
  | "MALFORMED_REQUEST"
  | "UNSUPPORTED_VERSION"
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "PAYLOAD_TOO_LARGE"
  | "INTERNAL_ERROR";

/** The status that each code comes with, and whether trying again may help. */
export const ERRORS = {
  /** The request cannot be read */
  MALFORMED_REQUEST: { status: 400, retryable: false },
  /** No such API version */
  UNSUPPORTED_VERSION: { status: 400, retryable: false },
  /** No or an unknown token */
  UNAUTHORIZED: { status: 401, retryable: false },
  /** This token may not do that */
  FORBIDDEN: { status: 403, retryable: false },
  /** No such route */
  NOT_FOUND: { status: 404, retryable: false },
  /** Invalid prospectId */
  PROSPECT_NOT_FOUND: { status: 404, retryable: false },
  /** Invalid campaignId */
  CAMPAIGN_NOT_FOUND: { status: 404, retryable: false },
  /** Invalid mailbox id */
  MAILBOX_NOT_FOUND: { status: 404, retryable: false },
  /** Invalid emailId */
  EMAIL_NOT_FOUND: { status: 404, retryable: false },
  /** Nothing was enriched yet */
  ENRICHMENT_NOT_FOUND: { status: 404, retryable: false },
  /** See the Allow header */
  METHOD_NOT_ALLOWED: { status: 405, retryable: false },
  /** No address to send to */
  PROSPECT_WITHOUT_EMAIL: { status: 409, retryable: false },
  /** The body is too large */
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false },
  /** Bodies are JSON */
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false },
  /** A field is not as documented */
  VALIDATION_FAILED: { status: 422, retryable: false },
  /** The key was used for another order */
  IDEMPOTENCY_KEY_REUSED: { status: 422, retryable: false },
  /** Too many requests */
  RATE_LIMITED: { status: 429, retryable: true },
  /** A fault of the service itself */
  INTERNAL_ERROR: { status: 500, retryable: false },
  /** No healthy mailbox */
  MAILBOX_UNAVAILABLE: { status: 503, retryable: true },
  /** The worker cannot be reached */
  WORKER_UNAVAILABLE: { status: 503, retryable: true },
  /** Supabase cannot be reached */
  SUPABASE_UNAVAILABLE: { status: 503, retryable: true },
  /** D1 cannot be reached */
  D1_UNAVAILABLE: { status: 503, retryable: true },
  /** An external API failed */
  EXTERNAL_UNAVAILABLE: { status: 503, retryable: true },
  /** A mail server cannot be reached */
  MAIL_UNAVAILABLE: { status: 503, retryable: true },
} as const;

/** What is sent to each endpoint, and what it answers. */
export interface Endpoints {
  /** Send an email to a prospect. */
  "POST /api/send-email": {
    path: undefined;
    query: undefined;
    headers: OrderHeaders;
    request: SendEmailRequest;
    response: SendEmailResponse;
    body: ApiSuccess<SendEmailResponse>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "PROSPECT_NOT_FOUND"
      | "CAMPAIGN_NOT_FOUND"
      | "PROSPECT_WITHOUT_EMAIL"
      | "UNSUPPORTED_MEDIA_TYPE"
      | "VALIDATION_FAILED"
      | "IDEMPOTENCY_KEY_REUSED"
      | "RATE_LIMITED"
      | "MAILBOX_UNAVAILABLE"
      | "SUPABASE_UNAVAILABLE"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** List emails, newest first. */
  "GET /api/emails": {
    path: undefined;
    query: EmailQuery;
    headers: undefined;
    request: undefined;
    response: EmailPage;
    body: ApiSuccess<EmailPage>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "VALIDATION_FAILED"
      | "RATE_LIMITED"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** Read one email. */
  "GET /api/emails/{emailId}": {
    path: ByEmail;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: Email;
    body: ApiSuccess<Email>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "EMAIL_NOT_FOUND"
      | "VALIDATION_FAILED"
      | "RATE_LIMITED"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** Find a prospect's website and address. */
  "POST /api/enrich": {
    path: undefined;
    query: undefined;
    headers: undefined;
    request: EnrichmentRequest;
    response: EnrichmentResponse;
    body: ApiSuccess<EnrichmentResponse>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "PROSPECT_NOT_FOUND"
      | "UNSUPPORTED_MEDIA_TYPE"
      | "VALIDATION_FAILED"
      | "RATE_LIMITED"
      | "SUPABASE_UNAVAILABLE"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** Read what was found about a prospect. */
  "GET /api/enrichments/{prospectId}": {
    path: ByProspect;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: EnrichmentResponse;
    body: ApiSuccess<EnrichmentResponse>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "ENRICHMENT_NOT_FOUND"
      | "VALIDATION_FAILED"
      | "RATE_LIMITED"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** Count what was sent, queued, answered and enriched. */
  "GET /api/analytics": {
    path: undefined;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: Analytics;
    body: ApiSuccess<Analytics>;
    error: CommonErrorCode | "UNAUTHORIZED" | "RATE_LIMITED" | "D1_UNAVAILABLE";
    other: never;
  };
  /** Compare the D1 cache with Supabase. */
  "GET /api/sync": {
    path: undefined;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: SyncReport;
    body: ApiSuccess<SyncReport>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "RATE_LIMITED"
      | "SUPABASE_UNAVAILABLE"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** Repair the D1 cache from Supabase. */
  "POST /api/sync": {
    path: undefined;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: SyncReport;
    body: ApiSuccess<SyncReport>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "RATE_LIMITED"
      | "SUPABASE_UNAVAILABLE"
      | "D1_UNAVAILABLE";
    other: never;
  };
  /** Run a cron job: send what is due, read replies, work off queued enrichment. */
  "POST /api/cron/{job}": {
    path: ByJob;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: CronReport;
    body: ApiSuccess<CronReport>;
    error:
      | CommonErrorCode
      | "UNAUTHORIZED"
      | "FORBIDDEN"
      | "RATE_LIMITED"
      | "D1_UNAVAILABLE"
      | "MAIL_UNAVAILABLE";
    other: never;
  };
  /** Show the circuit breakers. */
  "GET /api/breakers": {
    path: undefined;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: Breakers;
    body: ApiSuccess<Breakers>;
    error: CommonErrorCode | "UNAUTHORIZED" | "RATE_LIMITED";
    other: never;
  };
  /** Say how the worker does. */
  "GET /health": {
    path: undefined;
    query: undefined;
    headers: undefined;
    request: undefined;
    response: HealthReport;
    body: HealthReport;
    error: CommonErrorCode;
    other: { status: 503; body: HealthReport };
  };
}

/** What a client has to know. */
export interface ApiClientOptions {
  /** Where the service is: what stands before the paths. */
  baseUrl: string;
  /** What sends; the platform's own `fetch` unless told otherwise. */
  fetch?: typeof globalThis.fetch | undefined;
  token?: string | undefined;
  /** Makes the request ID of a call that has none of its own. */
  requestId?: (() => string) | undefined;
}

type Needed<K extends string, V> = {} extends V
  ? { [P in K]?: V | undefined }
  : undefined extends V
    ? { [P in K]?: V }
    : { [P in K]: V };

/** What a call of an endpoint takes. */
export type ApiCall<E extends keyof Endpoints> = Needed<"path", Endpoints[E]["path"]> &
  Needed<"query", Endpoints[E]["query"]> &
  Needed<"body", Endpoints[E]["request"]> &
  Needed<"headers", Endpoints[E]["headers"]> & {
    requestId?: string | undefined;
    signal?: AbortSignal | undefined;
  };

interface Answered {
  status: number;
  headers: Awaited<ReturnType<typeof globalThis.fetch>>["headers"];
  requestId: string;
}

interface Unanswered {
  requestId: string;
  error: unknown;
}

/**
 * What came of a call: a success, a failure with a code, another answer that the contract names,
 * one that it does not know (a proxy's page, say), or no answer at all.
 */
export type ApiAnswer<E extends keyof Endpoints> =
  | (Answered & { kind: "success"; body: Endpoints[E]["body"] })
  | (Answered & { kind: "failure"; body: ApiFailure<Endpoints[E]["error"]> })
  | (Answered & { kind: "other" } & Endpoints[E]["other"])
  | (Answered & { kind: "unexpected"; body: unknown })
  | (Unanswered & { kind: "unanswered" });

/** Calls the endpoints of the service. */
export interface ApiClient {
  /** Never throws: the answer's `kind` says what came of it. */
  call<E extends keyof Endpoints>(
    endpoint: E,
    ...input: {} extends ApiCall<E> ? [input?: ApiCall<E>] : [input: ApiCall<E>]
  ): Promise<ApiAnswer<E>>;
}

interface Route {
  bare?: boolean;
  text?: boolean;
  sends?: string;
  status?: number;
  others?: readonly string[];
}

// What some endpoints do otherwise than the rest.
const ROUTES: Readonly<Record<string, Route>> = {
  "GET /health": { bare: true, status: 200, others: ["503"] },
};
// The header of each credential, and what stands before its value.
const CREDENTIALS = { token: ["authorization", "Bearer "] } as const;
const REQUEST_ID = new RegExp("^(?:[A-Za-z0-9._-]{1,128})$");
const JSON_MEDIA = /[/+]json\s*(;|$)/i;
// The places that a body must have.
const SUCCESS: readonly (readonly string[])[] = [
  ["success"],
  ["data"],
  ["meta", "requestId"],
  ["meta", "duration"],
];
const FAILURE: readonly (readonly string[])[] = [
  ["success"],
  ["error", "code"],
  ["error", "message"],
  ["error", "retryable"],
  ["meta", "requestId"],
];

function at(body: unknown, path: readonly string[]): unknown {
  const step = (found: unknown, name: string): unknown =>
    typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  return path.reduce(step, body);
}

function read(route: Route, status: number, media: string, text: string) {
  let body: unknown = text === "" ? undefined : text;
  let parsed = false;
  if (!route.text && JSON_MEDIA.test(media)) {
    try {
      body = JSON.parse(text);
      parsed = true;
    } catch {
      // It is told as it came.
    }
  }
  const named = [`${status}`, `${Math.floor(status / 100)}XX`, "DEFAULT"];
  const other = named.some((one) => route.others?.includes(one));
  if (status < 400 && (status === route.status || !other)) {
    if (route.text || (route.bare && (parsed || text === ""))) return { kind: "success", body };
    if (
      parsed &&
      at(body, ["success"]) === true &&
      SUCCESS.every((path) => at(body, path) !== undefined)
    )
      return { kind: "success", body };
  }
  if (
    status >= 400 &&
    parsed &&
    at(body, ["success"]) === false &&
    Object.keys(ERRORS).includes(`${at(body, ["error", "code"])}`) &&
    FAILURE.every((path) => at(body, path) !== undefined)
  )
    return { kind: "failure", body };
  return { kind: other ? "other" : "unexpected", body };
}

interface Input {
  path?: object | undefined;
  query?: object | undefined;
  headers?: object | undefined;
  body?: unknown;
  requestId?: string | undefined;
  signal?: AbortSignal | undefined;
}

function refuse(why: string): never {
  throw new TypeError(why);
}

const wellFormed = (id: string | undefined) =>
  id !== undefined && REQUEST_ID.test(id) ? id : undefined;

const newRequestId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

function segment(value: unknown): string {
  const text = `${value ?? ""}`;
  // An empty one, `.` and `..` would lead to another path.
  return /^\.{0,2}$/.test(text) ? refuse("a path parameter is missing") : encodeURIComponent(text);
}

async function exchange(options: ApiClientOptions, endpoint: string, input: Input) {
  let requestId = "";
  try {
    requestId =
      wellFormed(input.requestId) ??
      wellFormed(options.requestId?.()) ??
      newRequestId();
    const route = ROUTES[endpoint] ?? {};
    const sends = route.sends ?? "application/json";
    const [method = "", template = ""] = endpoint.split(" ");
    const path = template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
      segment(at(input.path, [name])),
    );
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(input.query ?? {}))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined && one !== null) query.append(name, `${one}`);
    const headers = new Headers();
    for (const [name, value] of Object.entries(input.headers ?? {}))
      if (value !== undefined && value !== null) headers.set(name, `${value}`);
    for (const [name, [header, scheme]] of Object.entries(CREDENTIALS)) {
      const token = options[name as keyof typeof CREDENTIALS];
      if (token !== undefined) headers.set(header, scheme + token);
    }
    headers.set("x-request-id", requestId);
    headers.set("x-api-version", "1");
    const given = input.body !== undefined;
    if (given && !sends.startsWith("multipart/")) headers.set("content-type", sends);
    const body = JSON_MEDIA.test(sends) ? JSON.stringify(input.body) : (input.body as string);
    const asked = query.toString();
    const send = options.fetch ?? fetch;
    const response = await send(
      options.baseUrl.replace(/\/+$/, "") + path + (asked ? `?${asked}` : ""),
      { method, headers, body: given ? body : null, signal: input.signal ?? null },
    );
    const { status, headers: told } = response;
    const media = told.get("content-type") ?? "";
    const answer = read(route, status, media, await response.text());
    requestId = told.get("x-request-id") ?? requestId;
    return { ...answer, status, headers: told, requestId };
  } catch (error) {
    return { kind: "unanswered", requestId, error };
  }
}

/** A client of the service. It passes the caller's request ID on, or a new one. */
export function createClient(options: ApiClientOptions): ApiClient {
  return {
    call: (endpoint, ...[input]) => exchange(options, endpoint, input ?? {}) as Promise<never>,
  };
}
