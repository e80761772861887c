// observe.mjs ws://HOST --plc http://PLC [--cursor N]: follows a firehose as consumers of the network do, with the
// reference package (@atproto/sync verifies every commit's signature and proofs), and prints one JSON line per event:
//   {"seq","event":"create|update|delete|identity|account|sync","did","collection","rkey","uri","cid","record",…}
// An event that does not verify is {"error":"…"}. Ends with its standard input.
process.env.LOG_ENABLED ??= 'false'
import { Firehose } from '@atproto/sync'
import { IdResolver } from '@atproto/identity'

const args = process.argv.slice(2), opt = (n) => { const i = args.indexOf('--' + n); return i < 0 ? undefined : args[i + 1] }
const print = (o) => console.log(JSON.stringify(o))
// after a lost connection it goes on where it was
let cursor = opt('cursor') === undefined ? undefined : Number(opt('cursor'))
const firehose = new Firehose({
  service: args[0],
  // the package's own fetch refuses http and private addresses
  idResolver: new IdResolver({ plcUrl: opt('plc'), fetch: globalThis.fetch }),
  unauthenticatedHandles: true,
  getCursor: () => cursor,
  handleEvent: (e) => { cursor = e.seq; print({
    seq: e.seq, event: e.event, did: e.did, collection: e.collection, rkey: e.rkey, uri: e.uri?.toString(), cid: e.cid?.toString(),
    record: e.record, handle: e.handle, active: e.active, status: e.status,
  }) },
  onError: (e) => print({ error: `${e?.message ?? e}: ${e?.cause?.message ?? e?.cause ?? ''}` }),
})
print({ event: 'ready' })
process.stdin.on('end', () => process.exit(0)).resume()
await firehose.start()
