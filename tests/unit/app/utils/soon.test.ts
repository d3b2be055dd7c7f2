import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { soon } from '../../../../app/utils/soon.ts'

describe('soon', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('runs at once, and once more for everything that came meanwhile', () => {
    const work = vi.fn()
    const run = soon(work, 300)
    for (let i = 0; i < 50; i++) run()
    expect(work).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(300)
    expect(work).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(3000)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('runs at once again after a rest', () => {
    const work = vi.fn()
    const run = soon(work, 300)
    run()
    vi.advanceTimersByTime(300)
    run()
    expect(work).toHaveBeenCalledTimes(2)
  })
})
