/** A database function called over a plain connection, with its arguments as the API would pass them. */

/** Lists called …_ids are uuid[]; other objects are jsonb; the rest finds its own type. */
export function sqlCallOf(name: string, args: Record<string, unknown>): { text: string, values: unknown[] } {
  const values: unknown[] = []
  const parts = Object.entries(args).map(([key, value]) => {
    const isIds = Array.isArray(value) && key.endsWith('_ids')
    values.push(isIds ? `{${value.join(',')}}` : value !== null && typeof value === 'object' ? JSON.stringify(value) : value)
    const cast = isIds ? '::text::uuid[]' : value !== null && typeof value === 'object' ? '::text::jsonb' : ''
    return `"${key}" => $${values.length}${cast}`
  })
  return { text: `select public.${name}(${parts.join(', ')}) as answer`, values }
}
