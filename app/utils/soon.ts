/**
 * Runs at once, then at most once in the given time however often it is called. Fifty calls a second change a campaign
 * fifty times; a person reads three refreshes a second at most, and the server need not answer more.
 */
export function soon(work: () => unknown, milliseconds = 300): () => void {
  let isResting = false
  let isWanted = false

  function run() {
    isWanted = false
    isResting = true
    setTimeout(rest, milliseconds)
    work()
  }

  function rest() {
    isResting = false
    if (isWanted) run()
  }

  return () => {
    if (isResting) isWanted = true
    else run()
  }
}
