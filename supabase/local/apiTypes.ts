/**
 * How values travel between the API and Postgres. PostgREST lets Postgres write the JSON; the local API writes it itself, from
 * the database's texts, so that the texts of these types are brought into the form that Postgres' own JSON has.
 */

interface ValueType {
  to: number
  from: number[]
  serialize: (value: unknown) => string
  parse: (text: string) => unknown
}

/** The API hands JSON arguments over as text; encoded once more they would arrive in the database as JSON strings. */
const plainJson = (oid: number): ValueType => ({
  to: oid, from: [oid],
  serialize: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text) => JSON.parse(text) as unknown,
})

/** A number, also when it ends in a zero; what JSON has no number for (NaN, infinity) stays a text. */
const numeric: ValueType = {
  to: 1700, from: [1700], serialize: String,
  parse: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
}

/** 2026-11-21T08:06:24.62+00:00: sessions run in UTC, where Postgres' own text has a blank and a zone of two digits. */
const moment = (oid: number): ValueType => ({
  to: oid, from: [oid], serialize: String,
  parse: (text) => text.replace(' ', 'T').replace(/[+-]\d\d$/, '$&:00'),
})

export const valueTypes: Record<string, ValueType> = {
  json: plainJson(114), jsonb: plainJson(3802), numeric, timestamp: moment(1114), timestamptz: moment(1184),
}
