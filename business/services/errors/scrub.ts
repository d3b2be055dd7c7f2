/** Where libraries and Postgres put the value that they choked on: in quotes, or as (phone)=(+1202…). */
const quoted: [RegExp, string][] = [[/=\((?:[^()]|\([^()]*\))*\)/g, '=([value])'], [/(["'])(?:(?!\1)[^\\\n]|\\.){1,2000}?\1/g, '$1[text]$1']]

const personal: [RegExp, string][] = [
  [/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(sb_secret|sb_publishable|sk_live|sk_test|rk_live|whsec|re)_\w{8,}/g, '[key]'],
  [/\bBearer\s+\S+/gi, 'Bearer [token]'],
  [/[\w.+%-]+@[\w-]+(\.[\w-]+)+/g, '[address]'],
  [/\+?\d[\d\s().-]{6,}\d/g, '[number]'],
]

const id = /\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/

/** Words of a failure without what may be a person's: addresses, numbers, tokens, quoted values. Ids outside of quotes stay. */
export function scrub(text: string): string {
  const words = replaceAll(text.slice(0, 4000), quoted)
  return words.split(id).map((part, index) => (index % 2 === 1 ? part : replaceAll(part, personal))).join('').slice(0, 2000)
}

const replaceAll = (text: string, patterns: [RegExp, string][]) => patterns.reduce((words, [pattern, instead]) => words.replace(pattern, instead), text)
