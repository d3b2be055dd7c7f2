import type { z } from 'zod'
import { AppError, type FieldError } from './appError.ts'

/** The body of a request as its schema wants it; what is wrong is told per field. */
export function parseInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const complaints: FieldError[] = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), code: 'invalid', message }))
  throw new AppError('invalid_input', 'The request is not as expected.', complaints)
}
