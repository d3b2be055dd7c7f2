import type { ContactCriteria } from './contact.ts'

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
  /** Of an audience alone. */
  filter: ContactCriteria | null
  created_at: string
  created_by_name: string | null
  /** Exact up to 10,000. Null: there are more, or only counting says how many there are. */
  contact_count: number | null
}

export type ContactListContent = { name: string } | { name: string, kind: 'audience', filter: ContactCriteria }

/** A word that people give contacts, to find them by. */
export interface Tag {
  id: string
  name: string
  created_at: string
  /** Exact up to 10,000, then null. */
  contact_count: number | null
}

export const listNameMax = 120
export const tagNameMax = 60
