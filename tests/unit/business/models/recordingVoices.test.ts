import { describe, expect, it } from 'vitest'
import type { TurnSpan } from '../../../../business/models/callRecord.ts'
import { assistantChannel } from '../../../../business/models/recordingVoices.ts'

const spans: TurnSpan[] = [{ role: 'assistant', from: 0, to: 3 }, { role: 'contact', from: 3, to: 5 }, { role: 'assistant', from: 6, to: 9 }]
const assistant = [1, 0.8, 0.9, 0, 0, 0, 0.7, 1, 0.9, 0]
const contact = [0, 0, 0.1, 0.9, 1, 0, 0, 0, 0, 0.4]

describe('the channel of the assistant', () => {
  it('is the one that was heard in its turns, on either side', () => {
    expect(assistantChannel([assistant, contact], spans, 10)).toBe(0)
    expect(assistantChannel([contact, assistant], spans, 10)).toBe(1)
  })

  it('is told from one voice alone, too', () => {
    const silence = contact.map(() => 0)
    expect(assistantChannel([assistant, silence], spans, 10)).toBe(0)
    expect(assistantChannel([silence, contact], spans, 10)).toBe(0)
  })

  it('is told although a line hums all the time', () => {
    const hum = (levels: number[]) => levels.map((level) => 0.3 + 0.7 * level)
    expect(assistantChannel([hum(assistant), hum(contact)], spans, 10)).toBe(0)
  })

  it('is the right one where nothing tells', () => {
    expect(assistantChannel([assistant, contact], [], 10)).toBe(1)
    expect(assistantChannel([[0, 0], [0, 0]], spans, 10)).toBe(1)
    expect(assistantChannel([], spans, 0)).toBe(1)
    expect(assistantChannel([[], []], spans, 10)).toBe(1)
  })
})
