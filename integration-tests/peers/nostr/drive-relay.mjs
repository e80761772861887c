// drive-relay.mjs ws://RELAY ADMIN_SECRET: uses a relay as an app does, step by step. The key of ADMIN_SECRET manages it (NIP-86).
// Prints {"step","problem"} for each step that fails and {"steps","failed"} at the end; exit 1 if one failed.
import { AbstractRelay } from "nostr-tools/abstract-relay";
import { NegentropyStorageVector, NegentropySync } from "../node_modules/nostr-tools/lib/esm/nip77.js"; // its package does not export it
import { getToken } from "nostr-tools/nip98";
import { finalizeEvent, generateSecretKey, getPublicKey, verifyEvent } from "nostr-tools/pure";
import { finish, step } from "./steps.mjs";

const [url, adminSecret] = process.argv.slice(2);
const admin = Uint8Array.from(Buffer.from(adminSecret, "hex"));
const alice = generateSecretKey(), bob = generateSecretKey();
const now = Math.floor(Date.now() / 1000);
const sign = (secret, kind, content, tags = [], created_at = now) => finalizeEvent({ kind, created_at, tags, content }, secret);
const relay = await AbstractRelay.connect(url, { verifyEvent });

function same(actual, expected, what = "") {
  const a = JSON.stringify(actual), b = JSON.stringify(expected);
  if (a !== b) throw Error(`${what} expected ${b} but got ${a}`);
}
async function refused(promise, reason) {
  const answer = await promise.then((ok) => "accepted: " + ok, (e) => String(e?.message ?? e));
  if (!answer.startsWith(reason)) throw Error(`expected a refusal ${reason} but got ${answer}`);
}
const stored = (...filters) => new Promise((done, fail) => {
  const events = [];
  const subscription = relay.subscribe(filters, {
    onevent: (e) => events.push(e),
    oneose: () => { done(events.map((e) => e.id)); subscription.close(); },
    onclose: (reason) => fail(Error(reason)),
  });
});
async function manage(method, ...params) {
  const web = url.replace(/^ws/, "http"), body = { method, params };
  const authorization = await getToken(web, "POST", (e) => finalizeEvent(e, admin), true, body);
  const headers = { authorization, "content-type": "application/nostr+json+rpc" };
  const answer = await fetch(web, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.status !== 200) throw Error(`${method}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).result;
}

await step("a stranger is told that nothing of theirs is stored", async () => {
  const note = sign(alice, 1, "hello");
  await refused(relay.publish(note), "restricted: ");
  same(await stored({ ids: [note.id] }), []);
});
await step("the operator lets two people write (NIP-86, NIP-98)", async () => {
  await manage("allowpubkey", getPublicKey(alice));
  await manage("allowpubkey", getPublicKey(bob));
  same((await manage("listallowedpubkeys")).length, 2);
});
await step("live subscriptions heed tag filters", async () => {
  const heard = [];
  const subscription = await new Promise((done) => {
    const opened = relay.subscribe([{ kinds: [1], "#p": [getPublicKey(bob)] }], {
      onevent: (e) => heard.push(e.id),
      oneose: () => done(opened),
    });
  });
  const aimed = sign(alice, 1, "hi bob", [["p", getPublicKey(bob)]]);
  await relay.publish(sign(alice, 1, "to nobody"));
  await relay.publish(sign(alice, 7, "+", [["p", getPublicKey(bob)], ["e", aimed.id]]));
  await relay.publish(aimed);
  same(heard, [aimed.id]);
  subscription.close();
});
await step("the later profile takes the place of the earlier", async () => {
  const early = sign(alice, 0, '{"name":"a"}', [], now - 10), late = sign(alice, 0, '{"name":"b"}');
  await relay.publish(late);
  await relay.publish(early);
  same(await stored({ kinds: [0], authors: [getPublicKey(alice)] }), [late.id]);
});
await step("what is deleted stays deleted", async () => {
  const note = sign(alice, 1, "oops");
  await relay.publish(note);
  await relay.publish(sign(bob, 5, "", [["e", note.id]]));
  same(await stored({ ids: [note.id] }), [note.id], "not by others");
  const deletion = sign(alice, 5, "", [["e", note.id], ["k", "1"]]);
  await relay.publish(deletion);
  same(await stored({ ids: [note.id, deletion.id] }), [deletion.id]);
  await refused(relay.publish(note), "blocked: ");
});
await step("a tampered event with a known id is refused", async () => {
  const note = sign(alice, 1, "original");
  await relay.publish(note);
  await refused(relay.publish({ ...note, content: "changed" }), "invalid: ");
});
await step("COUNT counts (NIP-45)", async () => {
  const filter = { kinds: [1], authors: [getPublicKey(alice)] };
  same(await relay.count([filter]), (await stored(filter)).length);
});
await step("search finds words (NIP-50)", async () => {
  const note = sign(bob, 1, "Herons nest early this year");
  await relay.publish(note);
  same(await stored({ search: "herons EARLY protocol:nostr" }), [note.id]);
  same(await stored({ search: "herons late" }), []);
});
await step("negentropy finds what is missing (NIP-77)", async () => {
  const notes = [];
  for (let i = 0; i < 70; i++) notes.push(sign(bob, 1, "note " + i, [["t", "many"]], now - i));
  await Promise.all(notes.map((n) => relay.publish(n)));
  const storage = new NegentropyStorageVector(), mine = sign(bob, 1, "not published", [["t", "many"]]);
  [mine, ...notes.slice(3)].forEach((n) => storage.insert(n.created_at, n.id));
  storage.seal();
  const have = [], need = [];
  await new Promise((done, fail) => {
    new NegentropySync(relay, storage, { "#t": ["many"] }, {
      onhave: (id) => have.push(id),
      onneed: (id) => need.push(id),
      onclose: (reason) => (reason ? fail(Error(reason)) : done()),
    }).start();
  });
  same(have, [mine.id]);
  same(need.sort(), notes.slice(0, 3).map((n) => n.id).sort());
});
await step("a protected event needs its author (NIP-70, NIP-42)", async () => {
  const guarded = sign(alice, 1, "for here only", [["-"]]);
  await refused(relay.publish(guarded), "auth-required: ");
  await relay.auth(async (e) => finalizeEvent(e, bob));
  await refused(relay.publish(guarded), "restricted: ");
});
await step("a protected event is taken from its author", async () => {
  const hers = await AbstractRelay.connect(url, { verifyEvent });
  const guarded = sign(alice, 1, "mine", [["-"]]);
  await refused(hers.publish(guarded), "auth-required: ");
  await hers.auth(async (e) => finalizeEvent(e, alice));
  await hers.publish(guarded);
  hers.close();
  same(await stored({ ids: [guarded.id] }), [guarded.id]);
});
await step("private messages are for those they name (NIP-17)", async () => {
  const wrap = sign(alice, 1059, "secret", [["p", getPublicKey(bob)]]);
  await relay.publish(wrap);
  same(await stored({ kinds: [1059], "#p": [getPublicKey(bob)] }), [wrap.id], "bob has proven who he is");
  await refused(stored({ kinds: [1059], "#p": [getPublicKey(alice)] }), "auth-required: ");
});
await step("whoever is banned is gone (NIP-86)", async () => {
  await manage("banpubkey", getPublicKey(bob), "test");
  same(await stored({ authors: [getPublicKey(bob)] }), []);
  await refused(relay.publish(sign(bob, 1, "again")), "blocked: ");
});
relay.close();
finish();
