import { refusedColumns, type ColumnUse, type FileRow, type ImportField } from '../../models/contactFile.ts'
import { emailPattern } from '../../models/contact.ts'
import { readRegion } from '../../models/region.ts'
import { readTimeZone } from '../../models/timeZone.ts'
import { looksLikePhone } from './looksLikePhone.ts'

/** Names by which files call our fields, the surest first; letters and digits only. */
const names: Record<ImportField, string[]> = {
  phone: ['phone', 'phonenumber', 'mobile', 'mobilephone', 'mobilenumber', 'cell', 'cellphone', 'telephone', 'telephonenumber', 'tel', 'telno', 'phoneno', 'number', 'msisdn', 'whatsapp', 'contactnumber', 'telefon', 'telefonnummer', 'handy', 'telefono', 'telephonefixe', 'workphone', 'businessphone', 'homephone', 'primaryphone', 'phone1', 'phone1value'],
  name: ['name', 'fullname', 'contactname', 'contact', 'customer', 'customername', 'displayname', 'leadname', 'clientname'],
  first_name: ['firstname', 'first', 'givenname', 'forename', 'vorname', 'prenom', 'nombre'],
  last_name: ['lastname', 'last', 'surname', 'familyname', 'nachname', 'apellido', 'apellidos'],
  email: ['email', 'emailaddress', 'mail', 'emailaddress1', 'email1', 'email1value', 'courriel', 'correo'],
  company: ['company', 'companyname', 'organisation', 'organization', 'organizationname', 'organisationname', 'business', 'businessname', 'employer', 'account', 'accountname', 'firma'],
  time_zone: ['timezone', 'tz', 'timezoneid', 'timezonename', 'zeitzone', 'ianatimezone'],
  region: ['callingregion', 'region', 'state', 'province', 'stateprovince', 'billingstate', 'mailingstate', 'bundesland'],
  locale: ['locale', 'language', 'lang', 'preferredlanguage', 'sprache', 'langue', 'idioma'],
  segment: ['segment', 'customersegment', 'group', 'tier'],
  consent_basis: ['consent', 'consentbasis', 'optin', 'calloptin', 'callconsent', 'permission', 'einwilligung'],
  consent_purposes: ['consentpurposes', 'consentpurpose', 'consentfor'],
  consent_channel: ['consentchannel', 'consentsource', 'optinsource', 'optinchannel'],
  consent_given_at: ['consentdate', 'consentgivenat', 'consentat', 'consenttime', 'optindate', 'optintime', 'dateofconsent'],
  consent_text: ['consenttext', 'consentwording', 'optintext'],
  consent_evidence: ['consentevidence', 'consentproof', 'consentlink', 'consenturl', 'optinurl'],
}

/** What a field's values look like, where a name alone could lie: at least this share of the first filled cells must. */
const looks: Partial<Record<ImportField, { fits: (cell: string) => boolean, share: number }>> = {
  phone: { fits: (cell) => looksLikePhone(cell) || /^\d[.,]?\d*e\+?\d+$/i.test(cell), share: 0.3 },
  // "State" may as well be that of an order.
  region: { fits: (cell) => (readRegion(cell, 'US') ?? readRegion(cell, 'CA')) !== null, share: 0.8 },
  locale: { fits: (cell) => /^[a-z]{2,3}([-_][a-z]{2,4})*$/i.test(cell), share: 0.8 },
}

/** How a column without a telling name is known by its values alone. */
const tells: [ImportField, (cell: string) => boolean, number][] = [
  ['phone', looksLikePhone, 0.6],
  ['email', (cell) => emailPattern.test(cell), 0.8],
  ['time_zone', (cell) => cell.includes('/') && readTimeZone(cell, null) !== null, 0.8],
]

/** Guesses what each column is, by its name first, then by its values. Each field is given once; everything else is kept as an attribute. The person corrects it. */
export function mapColumns({ columns, rows }: { columns: string[], rows: FileRow[] }): ColumnUse[] {
  const uses: ColumnUse[] = columns.map((column) => (refusedColumns.includes(column) ? 'ignore' : 'attribute'))
  const plain = columns.map((column) => column.toLowerCase().normalize('NFD').replace(/[^\p{L}\p{N}]/gu, ''))
  const share = (column: number, fits: (cell: string) => boolean) => shareOf(rows, column, fits)
  for (const field of Object.keys(names) as ImportField[]) {
    const look = looks[field]
    const found = names[field].map((name) => plain.findIndex((column, index) => column === name && uses[index] === 'attribute'
      && (!look || share(index, look.fits) >= look.share))).find((index) => index >= 0)
    if (found !== undefined) uses[found] = field
  }
  for (const [field, fits, least] of tells) {
    if (uses.includes(field)) continue
    const shares = uses.map((use, index) => (use === 'attribute' ? share(index, fits) : 0))
    const best = Math.max(0, ...shares)
    if (best >= least) uses[shares.indexOf(best)] = field
  }
  return uses
}

/** Of the first fifty rows, how many of the filled cells fit; a column without any says little for or against its name. */
function shareOf(rows: FileRow[], column: number, fits: (cell: string) => boolean): number {
  const filled = rows.slice(0, 50).map(({ cells }) => cells[column] ?? '').filter(Boolean)
  return filled.length === 0 ? 0.5 : filled.filter(fits).length / filled.length
}
