// What is wrong with an event, by nostr-tools and by the letter of NIP-01, 10, 19, 24, 27 and 48: a list of sentences.
import { getEventHash, verifyEvent } from "nostr-tools/pure";
import { decode } from "nostr-tools/nip19";

const HEX = /^[0-9a-f]{64}$/;

export function shapeErrors(event) {
  const errors = [];
  const check = (good, complaint) => { if (!good) errors.push(complaint); };
  check(HEX.test(event.id) && HEX.test(event.pubkey), "id or pubkey is not 64 lower-case hex digits");
  check(Array.isArray(event.tags) && event.tags.every((t) => Array.isArray(t) && t.length > 0 && t.every((v) => typeof v === "string")),
    "tags are not arrays of strings");
  if (errors.length) return errors;
  check(getEventHash(event) === event.id, "id is not the hash of the event");
  // a copy, because nostr-tools remembers its verdict on the object
  check(verifyEvent(JSON.parse(JSON.stringify(event))), "signature does not verify");
  const tags = (name) => event.tags.filter((t) => t[0] === name);
  for (const t of [...tags("e"), ...tags("p")]) check(HEX.test(t[1] ?? ""), `${t[0]} tag without an id: ${JSON.stringify(t)}`);
  for (const t of tags("t")) check(t[1] === t[1]?.toLowerCase() && !t[1].startsWith("#"), `hashtag not in lower case: ${t[1]}`);
  for (const t of tags("proxy")) check(t.length === 3 && t[1] && ["activitypub", "atproto", "rss", "web"].includes(t[2]), `proxy tag: ${JSON.stringify(t)}`);
  if (event.kind === 0) check(isObject(event.content), "profile is not a JSON object");
  if (event.kind === 1) { thread(tags("e"), tags("p"), check); }
  if (event.kind === 1 || event.kind === 30023) references(event, tags, check);
  if (event.kind === 5) check(tags("e").length + tags("a").length > 0, "deletion of nothing");
  return errors;
}

// NIP-10: marked tags; one "root" alone for a direct reply, "root" and "reply" deeper down
function thread(es, ps, check) {
  if (es.length === 0) return;
  const marked = (marker) => es.filter((t) => t[3] === marker);
  check(es.every((t) => t[3] === "root" || t[3] === "reply"), "e tags without a root or reply marker");
  check(marked("root").length === 1, `${marked("root").length} root markers`);
  check(marked("reply").length <= 1, `${marked("reply").length} reply markers`);
  for (const t of es) {
    check(t[2] === "" || /^wss?:\/\//.test(t[2] ?? ""), `e tag whose relay hint is no relay: ${t[2]}`);
    if (t[4]) check(HEX.test(t[4]), `e tag whose author is no key: ${t[4]}`);
  }
  const parent = marked("reply")[0] ?? marked("root")[0];
  if (parent?.[4]) check(ps.some((p) => p[1] === parent[4]), "the author of the parent is not in a p tag");
}

// NIP-27: nostr: URIs in the text are NIP-19 and never secret; people named are in p tags
function references(event, tags, check) {
  for (const [, code] of event.content.matchAll(/nostr:([a-z]+1[a-z0-9]+)/g)) {
    let found;
    try { found = decode(code); } catch (e) { check(false, `nostr:${code} is not NIP-19: ${e.message}`); continue; }
    check(found.type !== "nsec", "a secret key in the text");
    const person = { npub: () => found.data, nprofile: () => found.data.pubkey }[found.type]?.();
    if (person) check(tags("p").some((p) => p[1] === person), `nostr:${code} without a p tag`);
  }
}

function isObject(text) {
  try { const v = JSON.parse(text); return typeof v === "object" && v !== null && !Array.isArray(v); } catch { return false; }
}
