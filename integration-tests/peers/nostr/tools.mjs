// nostr-tools as a service: one JSON request a line on standard input, one JSON answer a line on standard output.
//   {"op":"key"}                              a new key: {"secret","pubkey","npub"}
//   {"op":"npub","pubkey"}                    {"npub"}
//   {"op":"note","id"}                        {"note"}
//   {"op":"sign","secret","event":{...}}      the event with pubkey, id and signature
//   {"op":"shape","event":{...}}              {"errors":[...]}, see shape.mjs
//   {"op":"decode","code":"npub1..."}         {"type","data"}
//   {"op":"wrap","secret","to","content"}     a gift wrap around a private message
//   {"op":"unwrap","secret","wrap":{...}}     the message in a gift wrap
//   {"op":"ncryptsec","code","password"}      {"pubkey"} of the key inside
import readline from "node:readline";
import { finalizeEvent, generateSecretKey, getPublicKey } from "nostr-tools/pure";
import { decode, noteEncode, npubEncode } from "nostr-tools/nip19";
import { decrypt } from "nostr-tools/nip49";
import { unwrapEvent, wrapEvent } from "nostr-tools/nip59";
import { shapeErrors } from "./shape.mjs";

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));

const operations = {
  key: () => { const secret = generateSecretKey(), pubkey = getPublicKey(secret); return { secret: Buffer.from(secret).toString("hex"), pubkey, npub: npubEncode(pubkey) }; },
  npub: ({ pubkey }) => ({ npub: npubEncode(pubkey) }),
  note: ({ id }) => ({ note: noteEncode(id) }),
  sign: ({ secret, event }) => finalizeEvent(event, bytes(secret)),
  shape: ({ event }) => ({ errors: shapeErrors(event) }),
  decode: ({ code }) => decode(code),
  wrap: ({ secret, to, content }) => wrapEvent({ kind: 14, tags: [["p", to]], content }, bytes(secret), to),
  unwrap: ({ secret, wrap }) => unwrapEvent(wrap, bytes(secret)),
  ncryptsec: ({ code, password }) => ({ pubkey: getPublicKey(decrypt(code, password)) }),
};

console.log("READY");
for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    const request = JSON.parse(line);
    console.log(JSON.stringify(operations[request.op](request)));
  } catch (e) {
    console.log(JSON.stringify({ error: String(e?.message ?? e) }));
  }
}
