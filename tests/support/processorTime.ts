/**
 * Milliseconds of processor time that this thread spends on something: what else the machine is doing says nothing about it. For
 * input that a careless pattern would chew on for minutes; how fast things are is what the bench measures.
 */
export function processorMs(work: () => void): number {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}
