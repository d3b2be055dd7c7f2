import type { Plugin } from 'vite'

/**
 * Parts of the sign-in library that it loads at once and no browser of ours ever runs: administration (a secret key's work, but for
 * signing out), passkeys and wallets. They are a tenth of every first visit. Whoever wants one of them takes it off this list; a name that
 * an upgrade adds breaks the build.
 */
const unused: Record<string, string> = {
  'auth-js/dist/module/GoTrueAdminApi.js': `
    import { isAuthError } from './lib/errors'
    import { _request } from './lib/fetch'
    import { resolveFetch } from './lib/helpers'
    export default class GoTrueAdminApi {
      constructor(options) {
        this.options = options
      }
      async signOut(jwt, scope) {
        const { url, headers, fetch } = this.options
        const asked = _request(resolveFetch(fetch), 'POST', url + '/logout?scope=' + scope, { headers, jwt, noResolveJson: true })
        const failure = await asked.then(() => null, (error) => error)
        if (failure && !isAuthError(failure)) throw failure
        return { data: null, error: failure }
      }
    }`,
  'auth-js/dist/module/lib/webauthn.js': [
    'export class WebAuthnApi {}',
    ...['createCredential', 'getCredential', 'browserSupportsWebAuthn', 'webAuthnAbortService', 'deserializeCredentialCreationOptions',
      'deserializeCredentialRequestOptions', 'serializeCredentialCreationResponse', 'serializeCredentialRequestResponse'].map((name) => `export const ${name} = undefined`),
  ].join('\n'),
  'auth-js/dist/module/lib/web3/ethereum.js': ['createSiweMessage', 'fromHex', 'getAddress', 'toHex'].map((name) => `export const ${name} = undefined`).join('\n'),
}

export function leaveOut(): Plugin {
  return {
    name: 'outdial:leave-out',
    enforce: 'pre',
    load: (id) => Object.entries(unused).find(([path]) => id.endsWith(path))?.[1],
  }
}
