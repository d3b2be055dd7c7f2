/** What run-outbox takes beside recordings, for histories in which nobody pays: mails are taken, money is never asked for, and no model is. */
const never = () => Promise.reject(new Error('nobody pays here'))

export const withoutMoney = {
  payments: { orderForCharge: never, recordCharge: never, invoiceFacts: never, recordCards: never },
  invoices: { store: never },
  gateway: null,
  analyser: null,
  email: { send: () => Promise.resolve({ kind: 'sent', id: null } as const) },
  appUrl: 'http://outdial.invalid',
  unsubscribeUrl: 'http://outdial.invalid/functions/v1/unsubscribe',
}
