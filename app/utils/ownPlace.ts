/** Where ?next leads: only a place of our own, for a full address would send people wherever a forged link wants. */
export function ownPlace(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
