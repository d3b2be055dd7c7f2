import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// The two sizes of our own have to be known as sizes, else text-table would be dropped as a colour beside text-failure.
const merge = extendTailwindMerge({ extend: { classGroups: { 'font-size': [{ text: ['table', 'title'] }] } } })

/** Joins classes so that the caller's win over the component's own. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
