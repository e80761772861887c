// verify-relay.mjs ws://RELAY [--filter '{"kinds":[1]}']: reads what a relay holds and verifies each event.
// Prints {"id","errors":[...]} for each that is wrong and {"events","failed"} at the end; exit 1 if any is wrong or none is there.
import { AbstractRelay } from "nostr-tools/abstract-relay";
import { shapeErrors } from "./shape.mjs";

const [url, ...rest] = process.argv.slice(2);
const at = rest.indexOf("--filter");
const filter = at < 0 ? {} : JSON.parse(rest[at + 1]);
// everything is looked at, also what nostr-tools itself would drop without a word
const relay = await AbstractRelay.connect(url, { verifyEvent: () => true });
let events = 0, failed = 0;
await new Promise((done) => {
  relay.subscribe([filter], {
    onevent(event) { events++; report(event); },
    oneose: done,
    onclose: done,
  });
});
function report(event) {
  const errors = shapeErrors(event);
  if (errors.length) { failed++; console.log(JSON.stringify({ id: event.id, errors })); }
}
relay.close();
console.log(JSON.stringify({ events, failed }));
process.exit(failed || !events ? 1 : 0);
