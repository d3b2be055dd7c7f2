/** What a key looks like, of whomever we have keys: none of them belongs into a commit or into what browsers load. */
const patterns: [string, RegExp][] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a live key of Stripe', /\b[rs]k_live_\w{16,}/],
  ['a webhook secret of Stripe', /\bwhsec_\w{24,}/],
  ['a key of Resend', /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}/],
  ['an access token of GitHub', /\bgh[pousr]_\w{36,}/],
  ['an access key of AWS', /\bAKIA[0-9A-Z]{16}\b/],
  ['a secret key of Supabase', /\bsb_secret_[\w-]{20,}/],
  ['a personal access token of Supabase', /\bsbp_[0-9a-f]{40}\b/],
]
const token = /\beyJ[\w-]+\.([\w-]+)\.[\w-]{20,}/g

/** The kinds of secrets that a text holds, in words. */
export function secretsIn(text: string): string[] {
  const found = patterns.filter(([, pattern]) => pattern.test(text)).map(([what]) => what)
  const isMighty = [...text.matchAll(token)].some(([, claims = '']) => Buffer.from(claims, 'base64url').includes('"service_role"'))
  return isMighty ? [...found, 'a token of the role that passes every policy'] : found
}
