/**
 * Runs once shortly after the first of many calls. Fifty calls a second change a campaign fifty times; a person reads
 * three refreshes a second at most, and the server need not answer more.
 */
export function soon(work: () => unknown, milliseconds = 300): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      work()
    }, milliseconds)
  }
}
