/** The provider's way to say no: NestJS' shape, with a list of sentences for validation and one sentence otherwise. */
import type { z } from 'zod'

const NAMES: Record<number, string> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 415: 'Unsupported Media Type', 429: 'Too Many Requests', 500: 'Internal Server Error',
}

export function refusal(statusCode: number, message: string | string[], headers: Record<string, string> = {}): Response {
  return Response.json({ statusCode, error: NAMES[statusCode] ?? 'Error', message }, { status: statusCode, headers })
}

/** "customer.name must be shorter than or equal to 40 characters" */
export function sentencesOf(error: z.ZodError): string[] {
  return [...new Set(error.issues.map(sentence))]
}

function sentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.') || 'body'
  switch (issue.code) {
    case 'custom': return issue.message
    case 'invalid_type': return `${path} must be ${article(issue.expected)}`
    case 'too_big': return issue.origin === 'string' ? `${path} must be shorter than or equal to ${issue.maximum} characters` : `${path} must not be greater than ${issue.maximum}`
    case 'too_small': return issue.origin === 'string' ? `${path} must be longer than or equal to ${issue.minimum} characters` : `${path} must not be less than ${issue.minimum}`
    case 'invalid_value': return `${issue.path.some((part) => typeof part === 'number') ? `each value in ${issue.path.filter((part) => typeof part !== 'number').join('.')}` : path} must be one of the following values: ${issue.values.join(', ')}`
    case 'invalid_format': return `${path} must be a ${{ uuid: 'UUID', url: 'URL address', datetime: 'valid ISO 8601 date string' }[issue.format as string] ?? issue.format}`
    default: return `${path} is invalid`
  }
}

const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
