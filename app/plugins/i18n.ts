import { createI18n } from 'vue-i18n'
import { receiveTexts } from '~/locales/texts'

/** The catalogue of texts. A page brings its own (config/textsOfModules.ts); a second language is a second folder and one more case in both. */
export default defineNuxtPlugin(async ({ vueApp }) => {
  const [{ default: shell }, { default: errors }] = await Promise.all([import('~/locales/en/shell.json'), import('~/locales/en/errors.json')])
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en: { shell, errors } } })
  receiveTexts((texts) => i18n.global.mergeLocaleMessage('en', texts))
  vueApp.use(i18n)
})
