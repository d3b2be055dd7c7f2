/** "5 h 48 min ahead", "1 d 2 h behind": how far a moved clock is from real time, to the minute. */
export function formatClockShift(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  const parts = [[Math.floor(minutes / 1440), 'd'], [Math.floor(minutes / 60) % 24, 'h'], [minutes % 60, 'min']] as const
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
  return `${words.join(' ') || '0 min'} ${offsetMs < 0 ? 'behind' : 'ahead'}`
}
