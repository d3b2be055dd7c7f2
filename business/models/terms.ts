/** The platform's terms of use, which an account accepts before its first campaign starts, and again when they change. */
export interface Terms {
  version: number
  title: string
  sections: { heading: string, text: string }[]
  published_at: string
  /** null: nobody accepted this version for the account. */
  accepted_at: string | null
  accepted_by_name: string | null
}
