/** When somebody last did something in this browser, in any tab; real time in milliseconds. Gone with the session. */
const key = 'outdial-active-at'

export const lastActivityAt = (): number | null => Number(localStorage.getItem(key)) || null

export function noteActivity(): number {
  const now = Date.now()
  localStorage.setItem(key, String(now))
  return now
}

/** A session that begins is no idle one, whatever the one before it was. */
export function forgetActivity(): void {
  localStorage.removeItem(key)
}
