import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Plugin } from 'vite'

const folder = resolve('app/locales/en')
/** Of the frame around every page: they come with the app itself (app/plugins/i18n.ts). */
const everywhere = ['shell', 'errors']
const own = /\/(app\/(components|composables|layouts|middleware|pages|stores|utils)|business\/models)\/.*\.(ts|vue)$/
const script = /<script[^>]*>/
const virtual = 'virtual:texts/'

/**
 * Each page loads the texts it shows and no others: whatever module names a text (`'billing.title'`, `` `calls.state.${state}` ``) brings
 * the catalogue of that feature with it, so that nobody keeps a list of who needs what and none can be forgotten. Workers are
 * built apart and get none.
 */
export function textsOfModules(): Plugin {
  const features = globSync(`${folder}/*.json`).map((file) => basename(file, '.json')).filter((name) => !everywhere.includes(name))
  const named = new RegExp(`['"\`](${features.join('|')})\\.[\\w.]*['"\`$]`, 'g')
  return {
    name: 'outdial:texts-of-modules',
    enforce: 'pre',
    resolveId: (id) => id.startsWith(virtual) ? `\0${id}` : undefined,
    load(id) {
      if (!id.startsWith(`\0${virtual}`)) return
      const feature = id.slice(virtual.length + 1)
      return `import { addTexts } from '~/locales/texts'\nimport texts from '${folder}/${feature}.json'\naddTexts('${feature}', texts)`
    },
    transform(code, id) {
      if (!own.test(id)) return
      const wanted = [...new Set([...code.matchAll(named)].map(([, feature]) => feature))]
      if (wanted.length === 0) return
      const imports = wanted.map((feature) => `import '${virtual}${feature}';`).join('')
      if (!id.endsWith('.vue')) return { code: imports + code, map: null }
      if (!script.test(code)) this.error(`${id} shows texts and has no script that could bring them.`)
      return { code: code.replace(script, `$&${imports}`), map: null }
    },
  }
}
