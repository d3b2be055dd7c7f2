/** One bar: its name on the axis, how high it is, how high the one it is compared with, and all of it in words. */
export interface Bar {
  name: string
  value: number
  before?: number
  words: string
}
