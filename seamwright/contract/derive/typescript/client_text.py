"""The client's text: `@NAME@` is filled in, a line with `//? what` at its end needs that."""

from __future__ import annotations

TYPES = """
/** What a client has to know. */
export interface ApiClientOptions {
  /** Where the service is: what stands before the paths. */
  baseUrl: string;
  /** What sends; the platform's own `fetch` unless told otherwise. */
  fetch?: typeof globalThis.fetch | undefined;
  @TOKENS@; //? credentials
  /** Makes the request ID of a call that has none of its own. */ //? request id
  requestId?: (() => string) | undefined; //? maker
  requestId: () => string; //? no maker
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
    requestId?: string | undefined; //? request id
    signal?: AbortSignal | undefined;
  };

interface Answered {
  status: number;
  headers: Awaited<ReturnType<typeof globalThis.fetch>>["headers"];
  requestId: string; //? request id
}

interface Unanswered {
  requestId: string; //? request id
  error: unknown;
}

/**
 * What came of a call: a success, a failure with a code, another answer that the contract names,
 * one that it does not know (a proxy's page, say), or no answer at all.
 */
export type ApiAnswer<E extends keyof Endpoints> =
  | (Answered & { kind: "success"; body: Endpoints[E]["body"] })
  | (Answered & { kind: "failure"; body: @FAILURE@ })
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
"""

READING = """
interface Route {
  bare?: boolean;
  text?: boolean;
  sends?: string;
  status?: number;
  others?: readonly string[];
}

// What some endpoints do otherwise than the rest.
const ROUTES: Readonly<Record<string, Route>> = @ROUTES@;
// The header of each credential, and what stands before its value. //? credentials
const CREDENTIALS = { @CREDENTIALS@ } as const; //? credentials
const REQUEST_ID = new RegExp(@PATTERN@); //? request id
const JSON_MEDIA = /[/+]json\\s*(;|$)/i;
// The places that a body must have.
const SUCCESS: readonly (readonly string[])[] = @SUCCESS_PATHS@;
const FAILURE: readonly (readonly string[])[] = @FAILURE_PATHS@;

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
      at(body, @FLAG@) === true && //? flag
      SUCCESS.every((path) => at(body, path) !== undefined)
    )
      return { kind: "success", body };
  }
  if (
    status >= 400 &&
    parsed &&
    at(body, @FLAG@) === false && //? flag
    Object.keys(ERRORS).includes(`${at(body, @CODE@)}`) && //? code
    FAILURE.every((path) => at(body, path) !== undefined)
  )
    return { kind: "failure", body };
  return { kind: other ? "other" : "unexpected", body };
}
"""

CALLING = """
interface Input {
  path?: object | undefined;
  query?: object | undefined;
  headers?: object | undefined;
  body?: unknown;
  requestId?: string | undefined; //? request id
  signal?: AbortSignal | undefined;
}

function refuse(why: string): never {
  throw new TypeError(why);
}
 //? request id
const wellFormed = (id: string | undefined) => //? request id
  id !== undefined && REQUEST_ID.test(id) ? id : undefined; //? request id

const newRequestId = () => @MAKER@; //? maker
 //? maker
function segment(value: unknown): string {
  const text = `${value ?? ""}`;
  // An empty one, `.` and `..` would lead to another path.
  return /^\\.{0,2}$/.test(text) ? refuse("a path parameter is missing") : encodeURIComponent(text);
}

async function exchange(options: ApiClientOptions, endpoint: string, input: Input) {
  let requestId = ""; //? request id
  try {
    requestId = //? request id
      wellFormed(input.requestId) ?? //? request id
      wellFormed(options.requestId?.()) ?? //? maker
      newRequestId(); //? maker
      wellFormed(options.requestId()) ?? //? no maker
      refuse("the request ID is not well-formed"); //? no maker
    const route = ROUTES[endpoint] ?? {};
    const sends = route.sends ?? "application/json";
    const [method = "", template = ""] = endpoint.split(" ");
    const path = template.replace(/\\{([^{}]+)\\}/g, (_, name: string) =>
      segment(at(input.path, [name])),
    );
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(input.query ?? {}))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined && one !== null) query.append(name, `${one}`);
    const headers = new Headers();
    for (const [name, value] of Object.entries(input.headers ?? {}))
      if (value !== undefined && value !== null) headers.set(name, `${value}`);
    for (const [name, [header, scheme]] of Object.entries(CREDENTIALS)) { //? credentials
      const token = options[name as keyof typeof CREDENTIALS]; //? credentials
      if (token !== undefined) headers.set(header, scheme + token); //? credentials
    } //? credentials
    headers.set(@REQUEST_ID@, requestId); //? request id
    headers.set(@VERSION@, @CURRENT@); //? version
    const given = input.body !== undefined;
    if (given && !sends.startsWith("multipart/")) headers.set("content-type", sends);
    const body = JSON_MEDIA.test(sends) ? JSON.stringify(input.body) : (input.body as string);
    const asked = query.toString();
    const send = options.fetch ?? fetch;
    const response = await send(
      options.baseUrl.replace(/\\/+$/, "") + path + (asked ? `?${asked}` : ""),
      { method, headers, body: given ? body : null, signal: input.signal ?? null },
    );
    const { status, headers: told } = response;
    const media = told.get("content-type") ?? "";
    const answer = read(route, status, media, await response.text());
    requestId = told.get(@REQUEST_ID@) ?? requestId; //? request id
    return { ...answer, status, headers: told, requestId }; //? request id
    return { ...answer, status, headers: told }; //? no request id
  } catch (error) {
    return { kind: "unanswered", requestId, error }; //? request id
    return { kind: "unanswered", error }; //? no request id
  }
}

/** A client of the service. It passes the caller's request ID on, or a new one. */ //? request id
/** A client of the service. */ //? no request id
export function createClient(options: ApiClientOptions): ApiClient {
  return {
    call: (endpoint, ...[input]) => exchange(options, endpoint, input ?? {}) as Promise<never>,
  };
}
"""
