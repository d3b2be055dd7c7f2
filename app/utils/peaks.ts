/**
 * How loud a recording is along its way: so many values from 0 to 1, the loudest of each stretch beside the loudest of all. Of silence
 * all are 0.
 */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const step = samples.length / count
  const peaks = Array.from({ length: count }, (_, place) => loudest(samples, Math.floor(place * step), Math.floor((place + 1) * step)))
  const top = Math.max(...peaks)
  return top === 0 ? peaks : peaks.map((peak) => peak / top)
}

function loudest(samples: Float32Array, from: number, until: number): number {
  let peak = 0
  for (let place = from; place < until; place++) peak = Math.max(peak, Math.abs(samples[place] ?? 0))
  return peak
}

/** As an outline of bars around the middle of a box of one unit height, a bar each unit of width. */
export function barsOf(peaks: number[]): string {
  const thinnest = 0.03
  return peaks.map((peak, place) => {
    const half = Math.max(thinnest, peak) / 2
    return `M${place + 0.2} ${(0.5 - half).toFixed(3)}h0.6v${(2 * half).toFixed(3)}h-0.6z`
  }).join('')
}
