/** What people sort contacts by: lists and tags. */

/** A list either holds who was put into it, or says who belongs to it. */
export const contactListKinds = [
  /** Who is in it was put there. */
  'static',
  /** A saved filter: who fits is looked up each time it is used, at the latest when it is added to a campaign. */
  'audience',
] as const
export type ContactListKind = (typeof contactListKinds)[number]

/** Contacts under a name of the account's choice. */
export interface ContactList {
  id: string
  name: string
  kind: ContactListKind
}
