/**
 * Compares a secret from outside with ours in a time that does not depend on how much of it is right: both are hashed
 * first, so that neither length nor position shows. An empty one matches nothing.
 */
export async function isSameSecret(given: string, expected: string): Promise<boolean> {
  if (!given || !expected) return false
  const [a, b] = await Promise.all([digest(given), digest(expected)])
  return a.reduce((difference, byte, index) => difference | (byte ^ b[index]!), 0) === 0
}

/** For rotation several secrets may be active at once; all of them are compared. */
export async function isOneOfSecrets(given: string, expected: readonly string[]): Promise<boolean> {
  const matches = await Promise.all(expected.map((secret) => isSameSecret(given, secret)))
  return matches.includes(true)
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
