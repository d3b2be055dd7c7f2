/** An authenticator app that somebody connected: from then on a password alone opens nothing. Several may be connected; each is as good. */
export interface SecondFactor {
  id: string
  name: string
  connected_at: string
}

/** What an authenticator app has to know, shown once while it is being connected. */
export interface NewFactor {
  id: string
  /** A picture of the secret, as an address that an image takes. */
  qr_code: string
  /** The same for typing, in base 32. */
  secret: string
}

/** What a person has to do before an account opens: show the second factor they have, or set one up because the account asks for it. */
export type MissingFactor = 'show' | 'set_up'
