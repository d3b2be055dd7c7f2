let isPressed = false
for (const event of ['pointerdown', 'pointerup', 'pointercancel']) {
  window.addEventListener(event, () => (isPressed = event === 'pointerdown'), { capture: true })
}

/**
 * Waits for the end of a click that is under way. Pressing a button takes the focus from a field; an error that appeared
 * that moment would push the button away from under the pointer, and the click would never happen.
 */
export function whenReleased(run: () => void) {
  if (!isPressed) return run()
  const events = new AbortController()
  const finish = () => {
    events.abort()
    setTimeout(run)
  }
  window.addEventListener('pointerup', finish, { signal: events.signal })
  window.addEventListener('pointercancel', finish, { signal: events.signal })
}
