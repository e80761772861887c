// What relays are beside checking: they read a host when it asks them to, no more of it than they take, and say what they have of it.
import { createServer } from 'node:http'
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
// limits: [[milliseconds, events], ...]. Over one of them the socket is not read until there is room again, which is what relays do to slow a host down.
export const limiter = (limits) => {
  const seen = limits.map(() => []), use = { stops: 0, stoppedMs: 0 }
  const room = (now) => limits.every(([ms, most], i) => { while (seen[i].length && seen[i][0] <= now - ms) seen[i].shift(); return seen[i].length < most })
  const pass = async (socket) => {
    const since = Date.now()
    if (!room(since)) {
      use.stops++; socket.pause()
      while (!room(Date.now())) await sleep(100)
      socket.resume(); use.stoppedMs += Date.now() - since
    }
    const now = Date.now(); for (const s of seen) s.push(now)
  }
  return { use, pass }
}
// known: { seq(), repos: Map of did to { rev }, closed: Set of did }; crawl is called whenever a host asks to be read.
export const relayServer = (port, known, crawl) => createServer((request, response) => {
  const url = new URL(request.url, 'http://relay'), method = url.pathname.replace('/xrpc/com.atproto.sync.', '')
  const answer = (status, body) => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)) }
  request.resume()
  if (request.method === 'POST' && method === 'requestCrawl') { crawl(); return answer(200, {}) }
  if (method === 'getHostStatus') return answer(200, { hostname: url.searchParams.get('hostname'), status: 'active', accountCount: known.repos.size, ...(known.seq() > 0 ? { seq: known.seq() } : {}) })
  if (method === 'getRepoStatus') {
    const did = url.searchParams.get('did'), at = known.repos.get(did)
    if (!at) return answer(404, { error: 'RepoNotFound', message: 'repo not found' })
    return answer(200, known.closed.has(did) ? { did, active: false, status: 'deactivated' } : { did, active: true, rev: at.rev })
  }
  answer(501, { error: 'MethodNotImplemented', message: method })
}).listen(port, 'localhost')
