import { createI18n } from 'vue-i18n'

/** The message catalogue. A second language is a second folder and one more case here. */
export default defineNuxtPlugin(async ({ vueApp }) => {
  const { default: en } = await import('~/locales/en')
  vueApp.use(createI18n({ legacy: false, locale: 'en', messages: { en } }))
})
