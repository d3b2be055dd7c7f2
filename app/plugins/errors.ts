import { readWebConfig } from '~~/config/webConfig.ts'
import type { ReportError } from '~~/business/services/errors/errorReporter.ts'

/** Failures that nobody caught go to the tracker that /config.js names; without one this does nothing, and its code is never loaded. */
export default defineNuxtPlugin((app) => {
  const { errorDsn: dsn } = readWebConfig(window)
  if (dsn === null) return

  let loading: Promise<ReportError> | undefined
  async function track(error: unknown) {
    loading ??= import('~~/business/services/errors/errorReporter.ts')
      .then(({ createErrorReporter }) => createErrorReporter({ dsn: dsn!, platform: 'javascript', send: (...request) => fetch(...request), now: Date.now }))
    await loading.then((report) => report(error, { page: location.pathname }), () => undefined)
  }

  app.hook('vue:error', (error) => void track(error))
  addEventListener('error', ({ error }) => error && void track(error))
  addEventListener('unhandledrejection', ({ reason }) => void track(reason))
})
