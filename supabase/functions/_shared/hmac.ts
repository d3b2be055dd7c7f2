/** HMAC-SHA256 in hexadecimal, as extensions.hmac in the database makes it. */
export async function hmac(text: string, secret: string): Promise<string> {
  const encode = (words: string) => new TextEncoder().encode(words)
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(text)))
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
