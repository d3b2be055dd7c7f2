/** One-time passwords by time (RFC 6238), as authenticator apps make them: SHA-1, six digits, thirty seconds. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const PERIOD_SECONDS = 30
const DIGITS = 6

/** 160 bits in base 32, which is what people type when no camera is at hand. */
export function newSecret(): string {
  return toBase32(randomBytes(20))
}

export function totpOf(secret: string, atSeconds: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atSeconds / PERIOD_SECONDS)))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = digest[digest.length - 1]! & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The code of this half minute, the one before or the one after: clocks of phones differ. */
export function isTotp(code: string, secret: string, nowSeconds: number): boolean {
  if (!/^\d{6}$/.test(code)) return false
  const given = Buffer.from(code)
  return [-1, 0, 1].some((skew) => timingSafeEqual(given, Buffer.from(totpOf(secret, nowSeconds + skew * PERIOD_SECONDS))))
}

/** What the QR code holds (Key Uri Format). */
export function totpAddress({ issuer, email, secret }: { issuer: string, email: string, secret: string }): string {
  const query = new URLSearchParams({ algorithm: 'SHA1', digits: String(DIGITS), issuer, period: String(PERIOD_SECONDS), secret })
  return `otpauth://totp/${encodeURIComponent(`${issuer}:${email}`)}?${query.toString().replaceAll('+', '%20')}`
}

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
}
