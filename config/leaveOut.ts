import type { Plugin } from 'vite'

/**
 * Parts of the sign-in library that it loads at once and no browser of ours ever runs: administration (a secret key's work),
 * passkeys and wallets. They are a tenth of every first visit. Whoever wants one of them takes it off this list; a name that
 * an upgrade adds breaks the build.
 */
const unused: Record<string, string> = {
  'auth-js/dist/module/GoTrueAdminApi.js': 'export default class GoTrueAdminApi {}',
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
