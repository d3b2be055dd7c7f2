import { refusedColumns, type ColumnUse, type ContactFile, type FileRow, type ImportField } from '../../models/import.ts'
import { readRegion } from '../../models/region.ts'
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
}

/**
 * Guesses what each column is by its name, and the phone column by its content when no name tells. Each field is given
 * once; everything else is kept as an attribute. The person corrects it.
 */
export function mapColumns({ columns, rows }: ContactFile): ColumnUse[] {
  const uses: ColumnUse[] = columns.map((column) => (refusedColumns.includes(column) ? 'ignore' : 'attribute'))
  const plain = columns.map((column) => column.toLowerCase().normalize('NFD').replace(/[^\p{L}\p{N}]/gu, ''))
  for (const field of Object.keys(names) as ImportField[]) {
    const found = names[field].map((name) => plain.findIndex((column, index) => column === name && uses[index] === 'attribute')).find((index) => index >= 0)
    if (found !== undefined && (field !== 'region' || holdsRegions(rows, found))) uses[found] = field
  }
  if (!uses.includes('phone')) {
    const guessed = phoneColumn(rows.slice(0, 50).map(({ cells }) => cells), uses)
    if (guessed >= 0) uses[guessed] = 'phone'
  }
  return uses
}

/** "State" may as well be that of an order: the column becomes the region only when most of it can be read as one. */
function holdsRegions(rows: FileRow[], column: number): boolean {
  const filled = rows.slice(0, 50).map(({ cells }) => cells[column] ?? '').filter(Boolean)
  return filled.filter((written) => readRegion(written, 'US') ?? readRegion(written, 'CA')).length >= 0.8 * Math.max(1, filled.length)
}

function phoneColumn(sample: string[][], uses: ColumnUse[]): number {
  const shares = uses.map((use, index) => {
    const filled = sample.map((cells) => cells[index] ?? '').filter(Boolean)
    return use === 'attribute' && filled.length > 0 ? filled.filter(looksLikePhone).length / filled.length : 0
  })
  const best = Math.max(0, ...shares)
  return best >= 0.6 ? shares.indexOf(best) : -1
}
