/**
 * Whether an address of the internet protocol belongs to somebody out there. What IANA's registries of special addresses name
 * is not: this machine, private networks, a cloud's metadata service, documentation, multicast. Version 6 addresses that carry
 * one of version 4 are judged by it.
 */
export function isPublicAddress(address: string): boolean {
  const four = parseFour(address)
  if (four) return !special.some(([network, bits]) => isInside(four, network, bits))
  const six = parseSix(address)
  if (!six) return false
  const carried = carriedFour(six)
  // Of version 6 only 2000::/3 is given out; documentation (2001:db8::/32) and 6to4's relays are part of it.
  return carried ? isPublicAddress(carried) : six[0]! >> 13 === 1 && !(six[0] === 0x2001 && (six[1] === 0xdb8 || six[1]! < 0x200))
}

const special: readonly (readonly [readonly number[], number])[] = [
  [[0, 0, 0, 0], 8], [[10, 0, 0, 0], 8], [[100, 64, 0, 0], 10], [[127, 0, 0, 0], 8], [[169, 254, 0, 0], 16], [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24], [[192, 0, 2, 0], 24], [[192, 88, 99, 0], 24], [[192, 168, 0, 0], 16], [[198, 18, 0, 0], 15], [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24], [[224, 0, 0, 0], 3],
]

function isInside(address: readonly number[], network: readonly number[], bits: number): boolean {
  const number = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0)
  const size = 2 ** (32 - bits)
  return Math.floor(number(address) / size) === Math.floor(number(network) / size)
}

function parseFour(address: string): number[] | null {
  const parts = address.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256) ? parts.map(Number) : null
}

/** Eight numbers of sixteen bits. */
function parseSix(address: string): number[] | null {
  const [, head = address, tail] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? []
  const four = tail === undefined ? null : parseFour(tail)
  if (tail !== undefined && !four) return null
  const text = four ? `${head}${hex(four[0]!, four[1]!)}:${hex(four[2]!, four[3]!)}` : address
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...left, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...right]
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.map((group) => parseInt(group, 16)) : null
}

const hex = (high: number, low: number) => (high * 256 + low).toString(16)

/** Mapped (::ffff:0:0/96), translated (64:ff9b::/96) and 6to4 (2002::/16). */
function carriedFour(six: readonly number[]): string | null {
  const four = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const isMapped = six.slice(0, 5).every((group) => group === 0) && six[5] === 0xffff
  const isTranslated = six[0] === 0x64 && six[1] === 0xff9b && six.slice(2, 6).every((group) => group === 0)
  if (isMapped || isTranslated) return four(six[6]!, six[7]!)
  return six[0] === 0x2002 ? four(six[1]!, six[2]!) : null
}
