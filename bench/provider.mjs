// A city's directory made with oidc-provider, an OpenID-certified provider that nobody here wrote, on loopback.
// Its keys are new at each start. Prints "ready" when it listens.
import { generateKeyPairSync } from 'node:crypto'
import { Provider } from 'oidc-provider'

const { PORT, SITE, SECRET, ALG } = process.env
const people = {
  'head-1': { email: 'head@example.org', email_verified: true },
  'stranger-1': { email: 'stranger@example.org', email_verified: true },
  'careless-1': { email: 'head@example.org', email_verified: false },
  'guest-1': { email: 'guest@elsewhere.org', email_verified: true },
}
const kind = ALG === 'ES256' ? ['ec', { namedCurve: 'P-256' }] : ['rsa', { modulusLength: 2048 }]
const key = generateKeyPairSync(...kind).privateKey.export({ format: 'jwk' })

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [{
    client_id: 'kembar', client_secret: SECRET, redirect_uris: [`${SITE}/account/directory/back/`],
    response_types: ['code'], grant_types: ['authorization_code'], id_token_signed_response_alg: ALG,
  }],
  jwks: { keys: [{ ...key, use: 'sig', alg: ALG, kid: `key-${Date.now()}` }] },
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, id) => people[id] && { accountId: id, claims: async () => ({ sub: id, ...people[id] }) },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['only-for-drills'] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
})
provider.listen(Number(PORT), '127.0.0.1', () => console.log('ready'))
