/** A command said no, with its code. */
export class Refused extends Error {
  readonly code: string

  constructor({ code, message }: { code: string, message: string }) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

export function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refused)) throw error
}
