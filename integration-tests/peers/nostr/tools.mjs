// nostr-tools as a service: one JSON request a line on standard input, one JSON answer a line on standard output.
//   {"op":"key"}                              a new key: {"secret","pubkey","npub"}
//   {"op":"npub","pubkey"}                    {"npub"}
//   {"op":"sign","secret","event":{...}}      the event with pubkey, id and signature
//   {"op":"shape","event":{...}}              {"errors":[...]}, see shape.mjs
//   {"op":"decode","code":"npub1..."}         {"type","data"}
import readline from "node:readline";
import { finalizeEvent, generateSecretKey, getPublicKey } from "nostr-tools/pure";
import { decode, npubEncode } from "nostr-tools/nip19";
import { shapeErrors } from "./shape.mjs";

const operations = {
  key: () => { const secret = generateSecretKey(), pubkey = getPublicKey(secret); return { secret: Buffer.from(secret).toString("hex"), pubkey, npub: npubEncode(pubkey) }; },
  npub: ({ pubkey }) => ({ npub: npubEncode(pubkey) }),
  sign: ({ secret, event }) => finalizeEvent(event, Uint8Array.from(Buffer.from(secret, "hex"))),
  shape: ({ event }) => ({ errors: shapeErrors(event) }),
  decode: ({ code }) => decode(code),
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
