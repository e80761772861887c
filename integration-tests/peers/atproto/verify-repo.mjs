// verify-repo.mjs http://HOST --plc http://PLC --did DID --file FILE: fetches a whole repository and checks it with the
// reference package: signature, tree, every record. If FILE holds an earlier one, what changed since is fetched too, and
// has to lead from there to here. The new one is left in FILE. Last line: {"events":RECORDS,"failed":N}
process.env.LOG_ENABLED ??= 'false'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { MemoryBlockstore, Repo, readCarWithRoot, verifyDiffCar, verifyRepoCar } from '@atproto/repo'
import { IdResolver } from '@atproto/identity'

const args = process.argv.slice(2), opt = (n) => { const i = args.indexOf('--' + n); return i < 0 ? undefined : args[i + 1] }
const did = opt('did'), file = opt('file')
const key = await new IdResolver({ plcUrl: opt('plc'), fetch: globalThis.fetch }).did.resolveAtprotoKey(did, true)
const fetched = async (since) => {
  const answer = await fetch(`${args[0]}/xrpc/com.atproto.sync.getRepo?did=${did}${since ? '&since=' + since : ''}`)
  if (answer.status !== 200) throw new Error(`getRepo answers ${answer.status} ${await answer.text()}`)
  return new Uint8Array(await answer.arrayBuffer())
}
let failed = 0, records = 0
const check = async (name, step) => { try { await step() } catch (e) { failed++; console.log(`${name}: ${e?.stack ?? e}`) } }
let whole
await check('whole repository', async () => {
  whole = await fetched()
  records = (await verifyRepoCar(whole, did, key)).creates.length
})
if (whole && existsSync(file)) {
  await check('what changed', async () => {
    const before = await readCarWithRoot(new Uint8Array(readFileSync(file)))
    const repo = await Repo.load(new MemoryBlockstore(before.blocks), before.root)
    const diff = await verifyDiffCar(repo, await fetched(repo.commit.rev), did, key)
    const now = await readCarWithRoot(whole)
    if (!diff.commit.cid.equals(now.root)) throw new Error('leads to another commit')
    console.log(`${diff.writes.length} writes since ${repo.commit.rev}`)
  })
}
if (whole) writeFileSync(file, whole)
console.log(JSON.stringify({ events: records, failed }))
