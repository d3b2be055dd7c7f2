import type { Forecast, ForecastFacts, Rehearsal } from '~~/business/models/forecast.ts'

export type PlayRequest = { kind: 'forecast', facts: ForecastFacts } | { kind: 'rehearse', facts: ForecastFacts, seed: number }

/**
 * Plays campaigns in a worker of its own: a hundred runs of one are a tenth of a second of work, runs of a hundred thousand people
 * some seconds, during which the page has to stay alive.
 */
export function createForecastPlayer() {
  const worker = new Worker(new URL('./forecastWorker.ts', import.meta.url), { type: 'module' })

  function ask<T>(request: PlayRequest): Promise<T> {
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }: MessageEvent<T>) => {
        resolve(data)
        port1.close()
      }
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage(request, [port2])
    })
  }

  return {
    forecast: (facts: ForecastFacts) => ask<Forecast>({ kind: 'forecast', facts }),
    rehearse: (facts: ForecastFacts, seed: number) => ask<Rehearsal>({ kind: 'rehearse', facts, seed }),
    close: () => worker.terminate(),
  }
}
