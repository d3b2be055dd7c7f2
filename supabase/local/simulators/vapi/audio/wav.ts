/** PCM, 16 bit, 8 kHz, as a telephone line carries it. */
export const RATE = 8_000
const HEADER_BYTES = 44

export function wavOf(channels: Float32Array[]): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const view = headed(frames, channels.length)
  channels.forEach((samples, channel) => {
    for (let frame = 0; frame < frames; frame++) {
      const sample = Math.max(-1, Math.min(1, samples[frame] ?? 0))
      view.setInt16(HEADER_BYTES + (frame * channels.length + channel) * 2, sample * 32_767, true)
    }
  })
  return new Uint8Array(view.buffer)
}

function headed(frames: number, channels: number): DataView<ArrayBuffer> {
  const dataBytes = frames * channels * 2
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes))
  const text = (at: number, word: string) => [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, dataBytes, true)
  return view
}
