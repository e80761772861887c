#!/usr/bin/env node
// An ActivityPub server for tests, on Fedify (MIT), on the loopback interface only.
//   node peer.mjs --port 19101 [--host localhost] [--users alice,bob] [--first-knock cavage|rfc9421]
//                 [--authorized-fetch] [--manual-follow] [--queue] [--rsa-bits 2048] [--skip-time-window] [--quiet]
//                 [--until-stdin-ends]
// Prints one line "READY {json}" on stdout when it listens.  Everything under /_ctl is the control API.
import http from "node:http";
import { parseArgs } from "node:util";
import { Temporal } from "@js-temporal/polyfill";
import { randomUUID, webcrypto } from "node:crypto";
import {
  createFederation, MemoryKvStore, InProcessMessageQueue, generateCryptoKeyPair,
  signRequest, signJsonLd, getDocumentLoader, getAuthenticatedDocumentLoader, preloadedContexts, exportSpki,
} from "@fedify/fedify";
import {
  Accept, Activity, Add, Announce, Application, Block, Create, Delete, EmojiReact, Emoji, Endpoints, Flag, Follow,
  Hashtag, Image, Like, Mention, Move, Note, Person, PropertyValue, Reject, Remove, Tombstone, Undo, Update,
  PUBLIC_COLLECTION, isActor, LanguageString,
} from "@fedify/vocab";

const { values: A } = parseArgs({ options: {
  port: { type: "string", default: "19101" }, host: { type: "string", default: "localhost" },
  users: { type: "string", default: "alice,bob" }, "first-knock": { type: "string", default: "rfc9421" },
  "authorized-fetch": { type: "boolean", default: false }, "manual-follow": { type: "boolean", default: false },
  queue: { type: "boolean", default: false }, "rsa-bits": { type: "string", default: "2048" },
  "skip-time-window": { type: "boolean", default: false }, quiet: { type: "boolean", default: false },
  "until-stdin-ends": { type: "boolean", default: false }, record: { type: "string", default: "5000" },
} });
if (process.env.AP_PEER_LOG) {   // AP_PEER_LOG=debug: Fedify's own log (signature checks, document loading) on stderr
  const { configure } = await import("@logtape/logtape");
  await configure({ sinks: { err: (r) => console.error(r.level, r.category.join("."), r.message.map((m) => typeof m === "string" ? m : JSON.stringify(m)).join("")) },
    loggers: [{ category: "fedify", sinks: ["err"], lowestLevel: process.env.AP_PEER_LOG }, { category: ["logtape", "meta"], sinks: ["err"], lowestLevel: "error" }] });
}
const PORT = +A.port, ORIGIN = `http://${A.host}:${PORT}`;
const SPEC = { cavage: "draft-cavage-http-signatures-12", rfc9421: "rfc9421" };
const users = new Set(A.users.split(",").filter(Boolean));
const INSTANCE = "instance.actor";

// ---- state
const received = [], gets = [], objects = new Map(), followers = new Map(), following = new Map(), outbox = [], faults = [];
let seq = 0, getSeq = 0; const MAXREC = +A.record;
const counters = { inboxPosts: 0, accepted: 0, rejected: 0, dispatched: 0 };
const byId = new Map();
const keyPairs = new Map();
async function keysOf(id) {
  if (!keyPairs.has(id)) keyPairs.set(id, (async () => {
    const rsa = await webcrypto.subtle.generateKey({ name: "RSASSA-PKCS1-v1_5", modulusLength: +A["rsa-bits"],
      publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["sign", "verify"]);
    return [rsa, await generateCryptoKeyPair("Ed25519")];
  })());
  return keyPairs.get(id);
}

// ---- offline JSON-LD context loader: Fedify's preloaded contexts, else an empty context (never the network)
const contextLoader = async (url) => {
  const document = preloadedContexts[url] ?? preloadedContexts[url.replace(/#$/, "")] ?? { "@context": {} };
  return { contextUrl: null, documentUrl: url, document };
};

const UA = `ap-peer/0.1 (+${ORIGIN}/)`;
const queue = A.queue ? new InProcessMessageQueue({ pollInterval: { milliseconds: 20 } }) : undefined;
const fed = createFederation({
  kv: new MemoryKvStore(), queue, origin: ORIGIN,
  // allowPrivateAddress:true excludes custom loaders, so all three factories are given
  documentLoaderFactory: () => getDocumentLoader({ allowPrivateAddress: true, userAgent: UA }),
  authenticatedDocumentLoaderFactory: (identity) => getAuthenticatedDocumentLoader(identity, { allowPrivateAddress: true, userAgent: UA }),
  firstKnock: SPEC[A["first-knock"]] ?? A["first-knock"],
  signatureTimeWindow: A["skip-time-window"] ? false : { hours: 1 },
  contextLoaderFactory: () => contextLoader,
  circuitBreaker: false,
});

const authz = async (ctx, id) => {
  if (!A["authorized-fetch"] || id === INSTANCE) return true;
  const dl = await ctx.getDocumentLoader({ identifier: INSTANCE });
  return (await ctx.getSignedKeyOwner({ documentLoader: dl })) != null;
};

fed.setActorDispatcher("/users/{identifier}", async (ctx, id) => {
  if (id !== INSTANCE && !users.has(id)) return null;
  const keys = await ctx.getActorKeyPairs(id);
  const cls = id === INSTANCE ? Application : Person;
  return new cls({
    id: ctx.getActorUri(id), preferredUsername: id, name: `Test ${id}`, url: new URL(`/@${id}`, ORIGIN),
    summary: `<p>loopback test peer actor <b>${id}</b></p>`,
    inbox: ctx.getInboxUri(id), outbox: ctx.getOutboxUri(id), followers: ctx.getFollowersUri(id),
    following: ctx.getFollowingUri(id), featured: ctx.getFeaturedUri(id),
    endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
    publicKey: keys[0].cryptographicKey, publicKeys: undefined, assertionMethods: keys.map((k) => k.multikey),
    discoverable: true, indexable: false, manuallyApprovesFollowers: A["manual-follow"],
    published: Temporal.Instant.from("2024-01-01T00:00:00Z"),
    icon: new Image({ url: new URL("/avatar.png", ORIGIN), mediaType: "image/png" }),
    attachments: [new PropertyValue({ name: "role", value: "test peer" })],
  });
}).setKeyPairsDispatcher(async (_ctx, id) => (id === INSTANCE || users.has(id)) ? await keysOf(id) : [])
  .mapHandle((_ctx, username) => username === INSTANCE || users.has(username) ? username : null)
  .authorize(authz);

fed.setFollowersDispatcher("/users/{identifier}/followers", async (_c, id) =>
  ({ items: [...(followers.get(id)?.values() ?? [])] })).setCounter(async (_c, id) => followers.get(id)?.size ?? 0);
fed.setFollowingDispatcher("/users/{identifier}/following", async (_c, id) =>
  ({ items: [...(following.get(id) ?? [])].map((u) => new URL(u)) })).setCounter(async (_c, id) => following.get(id)?.size ?? 0);
fed.setFeaturedDispatcher("/users/{identifier}/featured", async () => ({ items: [] }));
fed.setOutboxDispatcher("/users/{identifier}/outbox", async (_c, id) =>
  ({ items: outbox.filter((o) => o.from === id && o.public).map((o) => o.activity).reverse() }))
  .setCounter(async (_c, id) => outbox.filter((o) => o.from === id && o.public).length);
fed.setObjectDispatcher(Note, "/users/{identifier}/notes/{nid}", async (ctx, { identifier, nid }) =>
  objects.get(new URL(`/users/${identifier}/notes/${nid}`, ORIGIN).href)?.vocab ?? null);
fed.setNodeInfoDispatcher("/nodeinfo/2.1", async () => ({
  software: { name: "ap-peer", version: "0.1.0", homepage: new URL("http://localhost/") },
  protocols: ["activitypub"], usage: { users: { total: users.size, activeMonth: users.size, activeHalfyear: users.size }, localPosts: outbox.length, localComments: 0 },
}));

const seen = (ctx, activity) => {
  counters.dispatched++;
  const rec = activity.id && byId.get(activity.id.href); if (rec) rec.dispatched = true;
};
fed.setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .setSharedKeyDispatcher(() => ({ identifier: INSTANCE }))
  .on(Follow, async (ctx, f) => {
    seen(ctx, f);
    const p = f.objectId ? ctx.parseUri(f.objectId) : null;
    if (p?.type !== "actor" || !f.actorId) return;
    const actor = await f.getActor(ctx);
    if (!actor?.id || !actor.inboxId) return;
    if (!A["manual-follow"]) {
      if (!followers.has(p.identifier)) followers.set(p.identifier, new Map());
      followers.get(p.identifier).set(actor.id.href, { id: actor.id, inboxId: actor.inboxId, endpoints: actor.endpoints });
      await ctx.sendActivity({ identifier: p.identifier }, actor, new Accept({
        id: new URL(`/users/${p.identifier}#accepts/${randomUUID()}`, ORIGIN), actor: f.objectId, object: f, to: f.actorId }),
        { immediate: true });
    }
  })
  .on(Accept, async (ctx, a) => { seen(ctx, a);
    const o = await a.getObject({ documentLoader: ctx.documentLoader, contextLoader: ctx.contextLoader, crossOrigin: "trust" }); if (o instanceof Follow && o.actorId && o.objectId) {
      const p = ctx.parseUri(o.actorId);
      if (p?.type === "actor") { if (!following.has(p.identifier)) following.set(p.identifier, new Set()); following.get(p.identifier).add(o.objectId.href); } } })
  .on(Undo, async (ctx, u) => { seen(ctx, u);
    const o = await u.getObject({ documentLoader: ctx.documentLoader, contextLoader: ctx.contextLoader, crossOrigin: "trust" }); if (o instanceof Follow && o.objectId) {
      const p = ctx.parseUri(o.objectId); if (p?.type === "actor") followers.get(p.identifier)?.delete(u.actorId?.href); } })
  .on(Activity, async (ctx, a) => seen(ctx, a))
  .onError((_ctx, e) => { if (!A.quiet) console.error("listener error:", e?.message ?? e); });

// ---- helpers
const rd = (req) => new Promise((res, rej) => { const c = []; req.on("data", (d) => c.push(d)); req.on("end", () => res(Buffer.concat(c))); req.on("error", rej); });
const json = (res, code, obj, type = "application/json") => { const b = JSON.stringify(obj, null, 1); res.writeHead(code, { "content-type": type }); res.end(b); };
const sigKind = (h) => h["signature-input"] ? "rfc9421" : h.signature ? "cavage" : "none";
const U = (v) => v == null ? undefined : new URL(v);
const US = (v) => v == null ? [] : (Array.isArray(v) ? v : [v]).map((x) => x === "public" || x === "as:Public" ? PUBLIC_COLLECTION : new URL(x));

function makeNote(ctx, from, o) {
  const nid = o.nid ?? randomUUID();
  const actor = ctx.getActorUri(from);
  const tos = o.to ? US(o.to) : [PUBLIC_COLLECTION], ccs = o.cc ? US(o.cc) : [ctx.getFollowersUri(from)];
  const tags = [...(o.mentions ?? []).map((m) => new Mention({ href: new URL(m.href), name: m.name })),
    ...(o.hashtags ?? []).map((t) => new Hashtag({ href: new URL(`/tags/${t}`, ORIGIN), name: `#${t}` }))];
  return new Note({
    id: o.objectId ? new URL(o.objectId) : ctx.getObjectUri(Note, { identifier: from, nid }), attribution: actor, tos, ccs,
    contents: o.lang ? [o.content ?? "", new LanguageString(o.content ?? "", o.lang)] : [o.content ?? `<p>hello from ${from} ${nid}</p>`],
    summary: o.summary, sensitive: o.sensitive, published: Temporal.Now.instant(), updated: o.updated ? Temporal.Now.instant() : undefined,
    url: new URL(`/@${from}/${nid}`, ORIGIN), replyTarget: U(o.inReplyTo), tags,
    quoteUrl: U(o.quoteUrl),
    attachments: (o.images ?? []).map((i) => new Image({ url: new URL(i.url), mediaType: i.mediaType ?? "image/png", name: i.alt, width: i.width, height: i.height })),
  });
}
function build(ctx, from, o) {
  const actor = ctx.getActorUri(from), id = new URL(o.id ?? `/users/${from}/activities/${randomUUID()}`, ORIGIN);
  const tos = o.to ? US(o.to) : undefined, ccs = o.cc ? US(o.cc) : undefined;
  const base = { id, actor, tos, ccs };
  switch (o.type) {
    case "Create": case "Update": {
      const note = makeNote(ctx, from, { ...o, updated: o.type === "Update" });
      objects.set(note.id.href, { vocab: note });
      const C = o.type === "Create" ? Create : Update;
      return new C({ id, actor, tos: tos ?? [PUBLIC_COLLECTION], ccs: ccs ?? [ctx.getFollowersUri(from)], object: note, published: Temporal.Now.instant() });
    }
    case "Delete":
      if (objects.has(o.object)) objects.set(o.object, { raw: { "@context": "https://www.w3.org/ns/activitystreams", id: o.object, type: "Tombstone" }, status: 410 });
      return new Delete({ ...base, tos: tos ?? [PUBLIC_COLLECTION], object: o.tombstone === false ? U(o.object) : (o.object === actor.href ? actor : new Tombstone({ id: U(o.object) })) });
    case "Follow": return new Follow({ ...base, object: U(o.object) });
    case "Like": return new Like({ ...base, object: U(o.object), content: o.content });
    case "EmojiReact": return new EmojiReact({ ...base, object: U(o.object), content: o.content ?? "🎉" });
    case "Announce": return new Announce({ ...base, tos: tos ?? [PUBLIC_COLLECTION], ccs: ccs ?? [ctx.getFollowersUri(from)], object: U(o.object), published: Temporal.Now.instant() });
    case "Undo": { const inner = build(ctx, from, { ...o.inner, id: o.inner.id }); return new Undo({ ...base, object: inner }); }
    case "Accept": return new Accept({ ...base, object: U(o.object) });
    case "Reject": return new Reject({ ...base, object: U(o.object) });
    case "Block": return new Block({ ...base, object: U(o.object) });
    case "Flag": return new Flag({ ...base, objects: US(o.object), content: o.content });
    case "Move": return new Move({ ...base, object: actor, target: U(o.target) });
    case "Add": return new Add({ ...base, object: U(o.object), target: U(o.target) });
    case "Remove": return new Remove({ ...base, object: U(o.object), target: U(o.target) });
    default: throw new Error(`unknown type ${o.type}; use /_ctl/raw`);
  }
}
async function resolveRecipients(ctx, o, from) {
  if (o.recipients) return o.recipients.map((r) => ({ id: U(r.id), inboxId: U(r.inbox), endpoints: r.sharedInbox ? { sharedInbox: U(r.sharedInbox) } : null }));
  if (o.followers) return "followers";
  if (o.inbox) return { id: U(o.recipient ?? o.inbox), inboxId: U(o.inbox), endpoints: null };
  const target = o.recipient ?? (["Follow", "Block"].includes(o.type) ? o.object : null);
  if (!target) throw new Error("give inbox, recipient, recipients or followers:true");
  const dl = await ctx.getDocumentLoader({ identifier: from });
  const a = await ctx.lookupObject(target, { documentLoader: dl });
  if (!isActor(a)) throw new Error(`cannot resolve actor ${target}`);
  return a;
}
const rsaOf = async (ctx, from) => (await ctx.getActorKeyPairs(from)).find((k) => k.privateKey.algorithm.name === "RSASSA-PKCS1-v1_5");

async function rawSend(ctx, o) {
  const from = o.from ?? [...users][0];
  let body = typeof o.body === "string" ? o.body : JSON.stringify(o.body ?? {});
  const kp = await rsaOf(ctx, from);
  const keyId = o.keyId ? new URL(o.keyId) : kp.keyId;
  const priv = o.wrongKey ? (await keysOf("__wrong__"))[0].privateKey : kp.privateKey;
  if (o.ldSignature) body = JSON.stringify(await signJsonLd(JSON.parse(body), priv, keyId, { contextLoader }));
  let req = new Request(o.inbox ?? o.url, { method: o.method ?? (o.inbox ? "POST" : "GET"),
    headers: { ...(o.inbox ? { "content-type": o.contentType ?? "application/activity+json" } : {}),
      accept: 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"', ...(o.headers ?? {}) },
    body: o.inbox ? body : undefined });
  const spec = o.spec ?? "cavage";
  if (spec !== "none") {
    const opts = { spec: SPEC[spec] ?? spec };
    if (o.skewSeconds) opts.currentTime = Temporal.Now.instant().add({ seconds: o.skewSeconds });
    req = await signRequest(req, priv, keyId, opts);
  }
  const headers = Object.fromEntries(req.headers);
  if (o.tamper === "body") body = body.replace(/.$/, " }");
  if (o.tamper === "digest") headers.digest = "SHA-256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  if (o.tamper === "host") headers["x-tampered"] = "1";
  if (o.dropHeader) delete headers[o.dropHeader.toLowerCase()];
  const r = await fetch(req.url, { method: req.method, headers, body: o.inbox ? body : undefined, redirect: "manual" });
  const text = await r.text();
  return { status: r.status, headers: Object.fromEntries(r.headers), body: text.slice(0, 20000), sent: { headers, body: o.inbox ? body : undefined } };
}

// ---- control API
async function control(req, res, url, body) {
  const ctx = fed.createContext(new URL(ORIGIN), undefined);
  const o = body.length ? JSON.parse(body) : {};
  const p = url.pathname.slice("/_ctl/".length);
  const from = o.from ?? [...users][0];
  if (p === "health") return json(res, 200, { ok: true, origin: ORIGIN, users: [...users], counters });
  if (p === "counters") { if (req.method === "DELETE") Object.keys(counters).forEach((k) => counters[k] = 0); return json(res, 200, counters); }
  if (p === "received") {
    if (req.method === "DELETE") { received.length = 0; byId.clear(); return json(res, 200, { ok: true }); }
    const since = +(url.searchParams.get("since") ?? 0), type = url.searchParams.get("type");
    return json(res, 200, received.filter((r) => r.n > since && (!type || r.type === type)));
  }
  if (p === "gets") { if (req.method === "DELETE") gets.length = 0; return json(res, 200, gets); }
  if (p === "followers") return json(res, 200, Object.fromEntries([...followers].map(([k, v]) => [k, [...v.keys()]])));
  if (p === "following") return json(res, 200, Object.fromEntries([...following].map(([k, v]) => [k, [...v]])));
  if (p === "users" && req.method === "POST") { for (const u of [].concat(o.users ?? o.user)) users.add(u); return json(res, 200, { users: [...users] }); }
  if (p === "faults") {
    if (req.method === "DELETE") faults.length = 0;
    if (req.method === "POST") faults.push({ path: o.path ?? "inbox", status: o.status ?? 503, count: o.count ?? 1, delayMs: o.delayMs ?? 0, headers: o.headers ?? {}, onlySig: o.onlySig ?? null, actor: o.actor ?? null, reset: o.reset ?? false, body: o.body ?? "" });
    return json(res, 200, faults);
  }
  if (p === "objects") {   // {path:"/o/x", json:{...}, contentType?, status?} -> served raw at that path
    const key = new URL(o.path, ORIGIN).href;
    if (req.method === "DELETE") objects.delete(key); else objects.set(key, { raw: o.json, contentType: o.contentType, status: o.status });
    return json(res, 200, { url: key });
  }
  if (p === "send") {
    const activity = build(ctx, from, o), rcpt = await resolveRecipients(ctx, o, from);
    outbox.push({ from, activity, public: true });
    if (outbox.length > MAXREC) outbox.shift();
    try {
      await ctx.sendActivity({ identifier: from }, rcpt, activity, { immediate: o.immediate ?? true, preferSharedInbox: o.shared ?? false });
      return json(res, 200, { ok: true, id: activity.id.href, object: activity.objectId?.href });
    } catch (e) { return json(res, 200, { ok: false, id: activity.id.href, error: String(e?.message ?? e), status: e?.statusCode }); }
  }
  if (p === "raw" || p === "get") return json(res, 200, await rawSend(ctx, o));
  if (p === "sign") {        // {from, body} -> the body with a linked-data signature
    const k = await rsaOf(ctx, from);
    return json(res, 200, await signJsonLd(o.body, k.privateKey, k.keyId, { contextLoader }));
  }
  if (p === "key") { const k = await rsaOf(ctx, from); return json(res, 200, { keyId: k.keyId.href, pem: await exportSpki(k.publicKey), jwk: await webcrypto.subtle.exportKey("jwk", k.privateKey) }); }
  if (p === "fanout") {     // {inboxes:[url...], repeat:n, concurrency?:n} signed Create to each inbox, straight send (no queue unless --queue)
    const t0 = process.hrtime.bigint(); let ok = 0, bad = 0; const jobs = [];
    for (let i = 0; i < (o.repeat ?? 1); i++) for (const inbox of o.inboxes) jobs.push([i, inbox]);
    let k = 0; const worker = async () => { for (;;) { const j = jobs[k++]; if (!j) return;
      const act = build(ctx, from, { type: "Create", content: o.content ?? `<p>fanout ${j[0]}</p>` });
      try { await ctx.sendActivity({ identifier: from }, { id: new URL(j[1]), inboxId: new URL(j[1]), endpoints: null }, act, { immediate: !A.queue }); ok++; } catch { bad++; } } };
    await Promise.all(Array.from({ length: o.concurrency ?? 16 }, worker));
    return json(res, 200, { ok, bad, seconds: Number(process.hrtime.bigint() - t0) / 1e9 });
  }
  if (p === "shutdown") { json(res, 200, { ok: true }); setTimeout(() => process.exit(0), 50); return; }
  json(res, 404, { error: "no such control", have: "health counters received gets followers following users faults objects send raw get sign key fanout shutdown".split(" ") });
}

// ---- HTTP
const server = http.createServer(async (req, res) => {
  try {
    const url = new URL(req.url, ORIGIN), body = await rd(req);
    if (url.pathname.startsWith("/_ctl/")) return await control(req, res, url, body);
    const isInbox = req.method === "POST" && url.pathname.endsWith("/inbox");
    const fi = faults.findIndex((f) => url.pathname.includes(f.path) && (!f.onlySig || f.onlySig === sigKind(req.headers)) && (!f.actor || body.includes(f.actor)));
    let fault = fi >= 0 ? faults[fi] : null;
    if (fault && fault.count > 0 && --fault.count === 0) faults.splice(fi, 1);
    let rec = null;
    if (isInbox) {
      counters.inboxPosts++;
      if (MAXREC > 0) {
        let j = null; try { j = JSON.parse(body); } catch { /* kept as text */ }
        rec = { n: ++seq, at: new Date().toISOString(), path: url.pathname, sig: sigKind(req.headers), headers: { ...req.headers }, type: j?.type, id: j?.id, actor: typeof j?.actor === "string" ? j.actor : j?.actor?.id, hasLdSignature: !!j?.signature, hasProof: !!j?.proof, body: j ?? body.toString(), raw: body.toString("utf8"), status: null, dispatched: false };
        received.push(rec); if (received.length > MAXREC) { const old = received.shift(); if (old.id) byId.delete(old.id); }
        if (rec.id) byId.set(rec.id, rec);
      }
    } else { gets.push({ n: ++getSeq, at: new Date().toISOString(), method: req.method, path: req.url, sig: sigKind(req.headers), ua: req.headers["user-agent"], accept: req.headers.accept }); if (gets.length > 2000) gets.shift(); }
    if (fault) {
      if (fault.delayMs) await new Promise((r) => setTimeout(r, fault.delayMs));
      if (rec) { rec.status = fault.status; rec.fault = true; }
      if (fault.reset) return req.socket.destroy();
      if (fault.status) { res.writeHead(fault.status, fault.headers); return res.end(fault.body); }
    }
    const raw = objects.get(url.href);
    if (raw?.raw !== undefined && req.method === "GET") { res.writeHead(raw.status ?? 200, { "content-type": raw.contentType ?? "application/activity+json" }); return res.end(JSON.stringify(raw.raw)); }
    const h = new Headers(); for (const [k, v] of Object.entries(req.headers)) h.set(k, Array.isArray(v) ? v.join(", ") : v);
    const fr = new Request(url, { method: req.method, headers: h, body: ["GET", "HEAD"].includes(req.method) ? undefined : body });
    const r = await fed.fetch(fr, { contextData: undefined });
    if (rec) rec.status = r.status;
    if (isInbox) r.status < 300 ? counters.accepted++ : counters.rejected++;
    res.writeHead(r.status, Object.fromEntries(r.headers));
    res.end(Buffer.from(await r.arrayBuffer()));
  } catch (e) { if (!A.quiet) console.error(e); if (!res.headersSent) json(res, 500, { error: String(e?.message ?? e) }); }
});
server.keepAliveTimeout = 30000;
for (const u of [...users, INSTANCE]) await keysOf(u);
server.listen(PORT, "127.0.0.1", () => {
  if (queue) fed.startQueue?.(undefined);
  console.log("READY " + JSON.stringify({ origin: ORIGIN, port: PORT, users: [...users], actor: `${ORIGIN}/users/${[...users][0]}`, sharedInbox: `${ORIGIN}/inbox`, control: `${ORIGIN}/_ctl/` }));
});
if (A["until-stdin-ends"]) process.stdin.on("end", () => process.exit(0)).resume();
for (const s of ["SIGTERM", "SIGINT"]) process.on(s, () => process.exit(0));
