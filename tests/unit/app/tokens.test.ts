import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Rgb = [number, number, number]

const css = readFileSync('app/assets/css/tokens.css', 'utf8')
const themes = { light: tokensOf(':root'), dark: tokensOf('.dark') }

function tokensOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]))
}

/** OKLCH → linear sRGB, by Björn Ottosson's matrices; out-of-gamut values are clipped as a browser may. */
function linearRgb(oklch: string): Rgb {
  const [l, c, h] = oklch.replace(/^oklch\(|\)$/g, '').split(/[ /]+/).map(Number) as Rgb
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const rgb: Rgb = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
  return rgb.map((value) => Math.min(1, Math.max(0, value))) as Rgb
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** A tint as in bg-current/10: mixed in gamma-encoded sRGB, near enough to what a browser paints. */
function tint(foreground: Rgb, background: Rgb, share: number): Rgb {
  const encode = (value: number) => value ** (1 / 2.2)
  return foreground.map((value, i) => (encode(value) * share + encode(background[i] ?? 0) * (1 - share)) ** 2.2) as Rgb
}

function contrast(first: Rgb, second: Rgb): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const text: [string, string][] = [
  ...['background', 'card', 'muted', 'accent', 'popover', 'sidebar'].map((on): [string, string] => ['foreground', on]),
  ...['background', 'card', 'muted', 'accent', 'popover', 'sidebar'].map((on): [string, string] => ['muted-foreground', on]),
  ...['background', 'card', 'popover', 'sidebar'].map((on): [string, string] => ['link', on]),
  ['primary-foreground', 'primary'],
  ['primary-foreground', 'primary-hover'],
  ['destructive-foreground', 'destructive'],
  ['secondary-foreground', 'secondary'],
  ['sidebar-foreground', 'sidebar'],
  ['sidebar-accent-foreground', 'sidebar-accent'],
  ...['live', 'waiting', 'success', 'attention', 'failure', 'blocked'].flatMap((tone): [string, string][] => [
    [tone, 'background'],
    [tone, 'card'],
  ]),
]
const controls: [string, string][] = ['background', 'card', 'popover'].flatMap((on): [string, string][] => [
  ['input', on],
  ['ring', on],
  ['primary', on],
])

describe.each(Object.entries(themes))('tokens of the %s theme', (_name, tokens) => {
  const colour = (name: string) => linearRgb(tokens[name] ?? '')

  it.each(text)('%s can be read on %s', (foreground, background) => {
    expect(contrast(colour(foreground), colour(background))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['live', 'waiting', 'success', 'attention', 'failure', 'blocked'])('%s can be read on its own tint', (tone) => {
    for (const on of ['card', 'background', 'accent']) {
      expect(contrast(colour(tone), tint(colour(tone), colour(on), 0.1))).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(controls)('%s stands out from %s', (control, background) => {
    expect(contrast(colour(control), colour(background))).toBeGreaterThanOrEqual(3)
  })

  it('names the same tokens as the other theme', () => {
    expect(Object.keys(tokens)).toEqual(Object.keys(themes.light))
  })
})
