export function problemOf(nodeVersion: string, npmVersion: string | null): string | null
export function installState(root: string): 'linked' | 'current' | 'missing'
