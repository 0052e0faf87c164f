// Runs inside workerd: Cloudflare's D1 HTTP query API over one D1 database.
//
// POST /client/v4/accounts/{account}/d1/database/{database}/query with {sql, params} or
// {batch: [{sql, params}, …]}; a batch is one transaction. There is one database, whatever the two
// names in the path are. Unlike Cloudflare's, a `sql` of several statements runs them all and
// answers with the last one's result: workerd's D1 tells no more. A batch tells of each.

const ROUTE = /^\/client\/v4\/accounts\/[^/]+\/d1\/database\/[^/]+\/query$/;
const QUERY_FAILED = 7500;
const MALFORMED = 7400;
const NO_ROUTE = 7404;
const UNAUTHENTICATED = 10000;

class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export default {
  async fetch(request, env) {
    const requestId = request.headers.get("x-request-id");
    const { status, body } = await answer(request, env);
    const headers = { "content-type": "application/json" };
    if (requestId !== null) headers["x-request-id"] = requestId;
    if (status === 401) headers["www-authenticate"] = "Bearer";
    log(request, status, body, requestId);
    return new Response(JSON.stringify(body), { status, headers });
  },
};

async function answer(request, env) {
  try {
    const statements = await read(request, env);
    const prepared = statements.map(({ sql, params }) => env.DB.prepare(sql).bind(...params));
    // A batch is a transaction, and a statement of its own needs none.
    const result =
      prepared.length === 1 ? [await prepared[0].all()] : await env.DB.batch(prepared);
    return { status: 200, body: { success: true, errors: [], messages: [], result } };
  } catch (problem) {
    return refused(problem);
  }
}

function refused(problem) {
  const refusal = problem instanceof Refusal;
  const message = String(problem?.message ?? problem).replace(/^D1_[A-Z_]*: /, "");
  return {
    status: refusal ? problem.status : 400,
    body: {
      success: false,
      errors: [{ code: refusal ? problem.code : QUERY_FAILED, message }],
      messages: [],
      result: [],
    },
  };
}

async function read(request, env) {
  if (!ROUTE.test(new URL(request.url).pathname)) {
    throw new Refusal(404, NO_ROUTE, "Could not route to that path");
  }
  const authorization = request.headers.get("authorization");
  if (authorization === null) throw new Refusal(401, UNAUTHENTICATED, "Authentication error");
  if (authorization !== `Bearer ${env.TOKEN}`) {
    throw new Refusal(403, UNAUTHENTICATED, "Authentication error");
  }
  if (request.method !== "POST") throw new Refusal(405, MALFORMED, "Only POST is allowed");
  let body;
  try {
    body = await request.json();
  } catch {
    throw new Refusal(400, MALFORMED, "The request is not valid JSON");
  }
  const queries = Array.isArray(body?.batch) ? body.batch : [body];
  if (queries.length === 0) throw new Refusal(400, MALFORMED, "The batch is empty");
  return queries.map(statement);
}

function statement(query) {
  const params = query?.params ?? [];
  if (typeof query?.sql !== "string" || query.sql.trim() === "" || !Array.isArray(params)) {
    throw new Refusal(400, MALFORMED, "Expected `sql`, a text, and `params`, an array");
  }
  return { sql: query.sql, params };
}

function log(request, status, body, requestId) {
  const entry = {
    ts: new Date().toISOString(),
    level: status < 400 ? "info" : "warning",
    service: "d1",
    message: `${request.method} ${new URL(request.url).pathname} ${status}`,
    status,
  };
  if (requestId !== null) entry.requestId = requestId;
  if (!body.success) entry.error = body.errors[0].message;
  console.log(JSON.stringify(entry));
}
