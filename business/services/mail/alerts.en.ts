/** What each alert means, as config/alerts.yaml says it to whoever watches from outside. */
export const englishAlerts: ReadonlyMap<string, string> = new Map(Object.entries({
  HeartbeatLate: 'The tick has not beaten for three minutes: nothing is dialled, settled or repaired.',
  EventsWait: 'Reports of the carrier wait for more than a minute.',
  PaymentsWait: 'Events of payments wait for more than five minutes.',
  JobsWait: 'Mails, recordings or charges wait for a quarter of an hour.',
  BalanceDrifted: 'A balance is not what its ledger says.',
  BooksDiffer: 'Orders and the payment provider do not agree (engine.billing_differences).',
  CountersDiffer: 'Slots or reservations differ from the calls they count.',
  Quarantined: 'Something was set apart after its tries; its error stands beside it.',
  LineHeld: 'A line is held: the provider refuses its key or its balance.',
  CallsUnheard: 'Many calls are silent: webhooks may not arrive.',
  LogUnsealed: 'Lines of the activity log wait to be chained.',
  DiallingOff: 'Dialling has been switched off for half an hour.',
}))
