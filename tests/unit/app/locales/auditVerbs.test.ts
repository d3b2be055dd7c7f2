/** Every event that a migration can write into an account's log has words for whoever reads it. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { activitySubjects } from '../../../../business/models/activity.ts'
import { en } from '../support/mountApp.ts'

type Words = Record<string, Record<string, string>>
const audit = en.audit as { verb: Words, subject: Record<string, string> }
const campaignVerbs = Object.keys((en.campaign_page as { activity: { verb: Record<string, string> } }).activity.verb).filter((verb) => verb !== 'call_end_asked')

const migrations = globSync('supabase/migrations/*.sql').map((file) => readFileSync(file, 'utf8')).join('\n')

/** What commands name themselves. */
const named = [...migrations.matchAll(/log_activity\((?:[^;]|\n)*?;/g)].flatMap(([call]) => [...call.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1]!))
/** What triggers write of themselves: a part of something changes it. */
const audited = [...migrations.matchAll(/\('(?:public|engine)\.\w+', '(\w+)', (?:'\w+'|null), (?:'\w+'|null), ('\w+'|null),/g)]
  .flatMap(([, noun, part]) => (part === 'null' ? ['created', 'changed', 'deleted'] : ['changed']).map((verb) => `${noun}.${verb}`))
/** Of the installation, which is no account's activity. */
const NOBODYS = /^(role|operator|plan|pack|settings)\./

describe('the words of the log', () => {
  const verbs = [...new Set([...named, ...audited, ...campaignVerbs.map((verb) => `campaign.${verb}`)])].filter((verb) => !NOBODYS.test(verb))

  it('are there for every event', () => {
    expect(verbs.length).toBeGreaterThan(90)
    expect(verbs.filter((verb) => audit.verb[verb.split('.')[0]!]?.[verb.split('.')[1]!] === undefined)).toEqual([])
  })

  it('are there for everything that lines are filtered by', () => {
    expect(Object.keys(audit.subject).sort()).toEqual([...activitySubjects].sort())
  })
})
