/** One question to a worker, answered on a port of its own, so that answers never meet. */
type Answer = { value: unknown } | { error: string }

/** Asks a worker. Fails as the worker failed, or could not be loaded. */
export function askWorker<T>(worker: Worker, question: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      port1.close()
      if ('error' in data) reject(new Error(data.error))
      else resolve(data.value as T)
    }
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(question, [port2])
  })
}

/** The worker's end of it. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  addEventListener('message', async ({ data, ports }: MessageEvent<Question>) => {
    try {
      ports[0]?.postMessage({ value: await answer(data) } satisfies Answer)
    } catch (error) {
      // A file that was moved or changed meanwhile cannot be read any more; the page says so.
      ports[0]?.postMessage({ error: String(error) } satisfies Answer)
    }
  })
}
