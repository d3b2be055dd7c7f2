/** Tells the heartbeat where the functions are and what to show them, and whether money is real. Again changes nothing. Run by run.ts. */
import postgres from 'postgres'

const { DATABASE_URL: url = '', SUPABASE_URL: supabaseUrl = '', CRON_SECRET: cronSecrets = '', STRIPE_LIVE: isLive = '' } = process.env
/** The functions accept several while one replaces the other; the heartbeat shows the newest. */
const [cronSecret = ''] = cronSecrets.split(',').map((secret) => secret.trim())
const secrets = { functions_url: `${supabaseUrl.replace(/\/$/, '')}/functions/v1`, cron_secret: cronSecret }

const sql = postgres(url, { max: 1, onnotice: () => undefined })
await sql.begin(async (transaction) => {
  for (const [name, secret] of Object.entries(secrets)) {
    const [known] = await transaction`select id from vault.decrypted_secrets where name = ${name}`
    if (known) await transaction`select vault.update_secret(${known.id}, ${secret})`
    else await transaction`select vault.create_secret(${secret}, ${name})`
  }
  await transaction`update engine.settings set payments_are_live = ${isLive === 'true'}`
  const jobs = await transaction`select from cron.job where jobname in ('outdial-tick', 'outdial-watch')`
  if (jobs.length < 2) throw new Error('The heartbeat and its watch are not scheduled: is pg_cron enabled, and are the migrations applied?')
})
await sql.end({ timeout: 5 })
process.stdout.write(`the heartbeat knows ${Object.keys(secrets).join(' and ')}\n`)
