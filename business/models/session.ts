/** The signed-in person. company_name is what they wrote at sign-up, before an account exists. */
export interface SessionUser {
  user_id: string
  email: string
  name: string
  company_name: string | null
}

export interface SignUp {
  name: string
  /** Empty: they were invited into one. */
  company_name: string
  email: string
  password: string
}
