// An OpenID provider for tests, on the loopback interface only: oidc-provider with its pages for development, where
// whatever is typed as a name is who signs in. Says to --out when somebody signed out of it. Prints one line "READY"
// when it listens; ends with its standard input.
//   node provider.mjs --port 19301 --back http://localhost:8080/console/sign-in/oidc/back \
//     --out http://localhost:8080/console/sign-in/oidc/sign-out --secret S --mail NAME=ADDRESS
import Provider from 'oidc-provider'

const args = process.argv.slice(2)
const opt = (name) => args[args.indexOf('--' + name) + 1]
const port = Number(opt('port'))
const [mailOf, address] = opt('mail').split('=')

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'drawbridge',
    client_secret: opt('secret'),
    redirect_uris: [opt('back')],
    backchannel_logout_uri: opt('out'),
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: 'RS256',
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  features: { backchannelLogout: { enabled: true } },
  // Without its guard against addresses of this machine: that is where we are.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  pkce: { required: () => true },
  findAccount: async (_, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      email: id === mailOf ? address : `${id}@elsewhere.example`,
      email_verified: true,
    }),
  }),
})
// Its pages take a font from elsewhere and say on the console of a browser what it thinks of them; ours may not.
provider.use(async (ctx, next) => {
  await next()
  if (ctx.path === '/favicon.ico') ctx.status = 204
  if (typeof ctx.body === 'string') {
    ctx.body = ctx.body
      .replace(/@import url\([^)]*\);/g, '')
      .replace('name="login"', 'name="login" autocomplete="username"')
      .replace('type="password"', 'type="password" autocomplete="current-password"')
  }
})
provider.on('server_error', (_, error) => console.error(error))
provider.on('backchannel.error', (_, error) => console.error(error))
provider.listen(port, '127.0.0.1', () => console.log('READY'))
process.stdin.on('end', () => process.exit(0)).resume()
