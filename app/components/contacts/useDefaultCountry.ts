import { useAccountStore } from '~/stores/accountStore'
import { countryOfCompany } from '~~/business/models/countryOfCompany.ts'

/** The country that a number without its code belongs to, with its name in words. */
export function useDefaultCountry() {
  const accounts = useAccountStore()
  const country = countryOfCompany(accounts.account?.time_zone ?? 'UTC', navigator.languages)
  return { country, countryName: new Intl.DisplayNames(['en'], { type: 'region' }).of(country) ?? country }
}
