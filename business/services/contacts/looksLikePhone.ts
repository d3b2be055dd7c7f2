const day = /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}$/

/** Digits as in a phone number and hardly anything else. For guessing columns; whether it can be called is readPhone's. */
export function looksLikePhone(cell: string): boolean {
  const digits = cell.replace(/\D/g, '').length
  return digits >= 7 && digits <= 15 && /^[="']*(?:tel:)?[+(\d][\d\s().\-/+]*["']?$/i.test(cell.trim()) && !day.test(cell.trim())
}
