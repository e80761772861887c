// strict-selftest.mjs COMMITS.json: the checker checked. Every golden commit must pass, every corrupted one must fail with
// the expected reason. The file holds {did, signingKeyHex, signingDidKey, commits:[{cid,rev,since,carB64,prevData,data,ops}]}.
process.env.LOG_ENABLED ??= 'false'
import fs from 'node:fs'
import { checkCommit } from './check-commit.mjs'
import { BlockMap, blocksToCarFile, readCar, signCommit } from '@atproto/repo'
import { Secp256k1Keypair } from '@atproto/crypto'
import { parseCid, cidForCbor } from '@atproto/lex-data'
import * as cbor from '@atproto/lex-cbor'
const g = JSON.parse(fs.readFileSync(process.argv[2]))
const kp = await Secp256k1Keypair.import(g.signingKeyHex), key = async () => g.signingDidKey
const ev = (c) => ({ seq: 1, repo: g.did, commit: parseCid(c.cid), rev: c.rev, since: c.since ?? null, blocks: Buffer.from(c.carB64, 'base64'), blobs: [], rebase: false, tooBig: false, time: new Date(1.75e12).toISOString(),
  prevData: parseCid(c.prevData), ops: c.ops.map((o) => ({ action: o.action, path: o.path, cid: o.cid ? parseCid(o.cid) : null, ...(o.prev ? { prev: parseCid(o.prev) } : {}) })) })
let pass = 0, fail = 0; const repos = new Map([[g.did, { rev: g.commits[0].rev, data: parseCid(g.commits[0].data) }]])
const is = (c, m) => { c ? pass++ : (fail++, console.log('NOT OK', m)) }
for (const c of g.commits.slice(1)) { const f = await checkCommit(ev(c), key, repos); is(f.length === 0, 'golden ' + c.rev + ' ' + JSON.stringify(f)) }
const N = 115792089237316195423570985008687907852837564279074904382605163141518161494337n
const recar = async (e, mut) => { const car = await readCar(new Uint8Array(e.blocks)); const c = cbor.decode(car.blocks.get(e.commit)); const blocks = new BlockMap(); for (const [k, v] of car.blocks) if (!k.equals(e.commit)) blocks.set(k, v)
  let c2 = await mut(c, blocks) ?? c; const b = cbor.encode(c2), cid = await cidForCbor(b); blocks.set(cid, b); e.commit = cid; e.blocks = await blocksToCarFile(cid, blocks); return e }
const pick = (fn) => g.commits.slice(1).findIndex(fn) + 1
const del = pick((c) => c.ops[0].action === 'delete'), upd = pick((c) => c.ops[0].action === 'update'), cre = 6, multi = pick((c) => c.ops.length > 1)
const cases = {
  'high-S signature': [cre, /signature/, (e) => recar(e, (c) => { const s = N - BigInt('0x' + Buffer.from(c.sig.slice(32)).toString('hex')); return { ...c, sig: new Uint8Array([...c.sig.slice(0, 32), ...Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]) } })],
  'wrong key': [cre, /signature/, (e) => recar(e, async (c) => { const { sig, ...u } = c; return signCommit(u, await Secp256k1Keypair.create()) })],
  'missing MST proof block': [multi, /inversion|tree walk/, async (e) => recar(e, (c, b) => { let n = 0; for (const [k, v] of b) { const d = cbor.decode(v); if (d.e && !k.equals(c.data) && n++ === 0) b.delete(k) } })],
  'missing record block': [cre, /record block missing|not in tree/, (e) => recar(e, (c, b) => { for (const [k, v] of b) if (cbor.decode(v).$type) b.delete(k) })],
  'wrong prevData': [cre, /prevData/, (e) => { e.prevData = e.commit; return e }],
  'no prevData': [cre, /prevData/, (e) => { delete e.prevData; return e }],
  'op left out': [multi, /inversion/, (e) => { e.ops.pop(); return e }],
  'delete without prev': [del, /delete without prev|inversion/, (e) => { delete e.ops[0].prev; return e }],
  'update with wrong prev': [upd, /inversion/, (e) => { e.ops[0].prev = e.commit; return e }],
  'create with prev': [cre, /create with prev/, (e) => { e.ops[0].prev = e.commit; return e }],
  'tooBig set': [cre, /tooBig/, (e) => { e.tooBig = true; return e }],
  'rev mismatch': [cre, /rev/, (e) => { e.rev = g.commits.at(-1).rev; return e }],
  'rev in the future': [cre, /future/, (e) => recar(e, async (c) => { const { sig, ...u } = c; e.rev = u.rev = '4zzzzzzzzzz22'; return signCommit(u, kp) })],
  'prev missing from the commit object': [cre, /commit fields|prev/, (e) => recar(e, async (c) => { const { sig, prev, ...u } = c; return signCommit(u, kp) })],
  'root is not the commit': [cre, /root/, async (e) => { const car = await readCar(new Uint8Array(e.blocks)); const other = [...car.blocks][0][0].equals(e.commit) ? [...car.blocks][1][0] : [...car.blocks][0][0]; e.blocks = await blocksToCarFile(other, car.blocks); return e }],
  'corrupted block bytes': [cre, /CAR/, (e) => { e.blocks[e.blocks.length - 3] ^= 1; return e }],
  'stale rev replayed': [cre, /<=/, (e) => { e._after = true; return e }],
}
for (const [name, [i, re, mut]] of Object.entries(cases)) {
  const prev = g.commits[i - 1], st = new Map([[g.did, { rev: prev.rev, data: parseCid(prev.data) }]])
  let e = await mut(ev(g.commits[i])); if (e._after) { delete e._after; st.set(g.did, { rev: g.commits[i].rev, data: parseCid(g.commits[i].data) }) }
  const f = await checkCommit(e, key, st); is(f.some((x) => re.test(x)), `${name}: ${JSON.stringify(f)}`)
}
console.log(`${pass} passed, ${fail} failed`); process.exit(fail ? 1 : 0)
