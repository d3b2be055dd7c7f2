/** To a page that is not ours, in this tab: it leads back here. */
export function leaveFor(url: string): void {
  window.location.assign(url)
}
