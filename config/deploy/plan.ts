/** What a deployment does, in order, as commands that can be printed before they are run. */
import { functionSecrets, type Environment, type Settings } from './settings.ts'

export type Part = 'database' | 'functions' | 'app'

export interface Step {
  part: Part
  what: string
  command: string
  args: string[]
  /** Names of settings that the command reads from its environment; printed by name. */
  env?: string[]
  /** A file that exists while the command runs, readable by nobody else: secrets belong into no list of processes. */
  file?: { name: string, content: string }
}

interface Options {
  environment: Environment
  /** The release: a tag or the commit's short id. It names the folder on the web server. */
  release: string
  parts?: Part[]
}

/**
 * Database first, then functions, then the app: each release's migrations leave the functions of the one before working, and its
 * functions the app of the one before. A step that fails ends it; all of it may be run again.
 */
export function planDeployment(settings: Settings, { environment, release, parts = ['database', 'functions', 'app'] }: Options): Step[] {
  if (!/^[\w.-]{1,64}$/.test(release)) throw new Error('A release is named by a tag or a commit.')
  const steps = [...databaseSteps(settings, environment, release), ...functionSteps(settings), ...appSteps(settings, release)]
  return steps.filter(({ part }) => parts.includes(part))
}

const remoteOf = ({ SUPABASE_PROJECT_REF: ref }: Settings) => `--remote=${ref}`

function databaseSteps(settings: Settings, environment: Environment, release: string): Step[] {
  const env = ['SUPABASE_ACCESS_TOKEN']
  const backup: Step = { part: 'database', what: 'take a backup to go back to', command: 'node', args: ['config/deploy/backup.ts', 'take', `backups/before-${release}`], env: ['DATABASE_URL'] }
  return [
    ...(environment === 'production' ? [backup] : []),
    { part: 'database', what: 'bring the schema and the platform data up to date', command: 'supabase', args: ['db', 'push', remoteOf(settings), '--include-seed', '--yes'], env },
    { part: 'database', what: 'set how people sign in, and the limits of the API', command: 'node', args: ['config/deploy/pushConfig.ts'], env: [...env, 'SUPABASE_PROJECT_REF', 'OUTDIAL_APP_URL'] },
    { part: 'database', what: 'tell the heartbeat where the functions are', command: 'node', args: ['config/deploy/setVault.ts'], env: ['DATABASE_URL', 'SUPABASE_URL', 'CRON_SECRET', 'STRIPE_LIVE'] },
  ]
}

function functionSteps(settings: Settings): Step[] {
  const env = ['SUPABASE_ACCESS_TOKEN']
  const content = Object.entries(functionSecrets(settings)).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`).join('')
  return [
    { part: 'functions', what: 'give the functions their settings', command: 'supabase', args: ['secrets', 'set', remoteOf(settings), '--env-file', '.env.functions', '--yes'],
      env, file: { name: '.env.functions', content } },
    { part: 'functions', what: 'deploy the functions, and remove those that are gone', command: 'supabase', args: ['functions', 'deploy', remoteOf(settings), '--use-api', '--prune', '--yes'], env },
  ]
}

function appSteps({ OUTDIAL_WEB_TARGET: target = '' }: Settings, release: string): Step[] {
  const build: Step[] = [
    { part: 'app', what: 'build the app', command: 'npm', args: ['run', 'build'] },
    { part: 'app', what: 'look for secrets in what browsers load', command: 'node', args: ['config/findSecrets.ts'] },
    { part: 'app', what: 'write down where its services are, and its headers', command: 'node', args: ['config/deploy/writeSite.ts'],
      env: ['SUPABASE_URL', 'OUTDIAL_PUBLISHABLE_KEY', 'OUTDIAL_APP_URL', 'OUTDIAL_SECURITY_CONTACT', 'OUTDIAL_WEB_TARGET', 'OUTDIAL_APP_ERROR_DSN',
        'OUTDIAL_SIGN_IN_PROVIDERS'] },
  ]
  const [host, folder] = target.split(':')
  if (!target) return build
  if (!host || !folder || !/^[\w.@-]+$/.test(host) || !/^\/[\w./-]+$/.test(folder)) throw new Error('OUTDIAL_WEB_TARGET is user@host:/absolute/folder')
  const place = `${folder}/releases/${release}`
  return [
    ...build,
    { part: 'app', what: 'make room for the release', command: 'ssh', args: [host, `mkdir -p ${place}`] },
    { part: 'app', what: 'bring it there', command: 'rsync', args: ['--archive', '--compress', '--delete', '.output/site/', `${host}:${place}/`] },
    { part: 'app', what: 'serve it', command: 'ssh', args: [host, `ln -sfn ${place} ${folder}/next && mv -T ${folder}/next ${folder}/current && sudo nginx -t && sudo nginx -s reload`] },
  ]
}

/** As it would be typed; what is in files and in the environment stays there. */
export function describeStep({ what, command, args, env = [], file }: Step): string {
  const quoted = args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg}'`))
  const given = env.map((name) => `${name}=…`)
  const secrets = file ? `\n  (${file.name}: ${[...file.content.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]).join(' ')})` : ''
  return `# ${what}\n${[...given, command, ...quoted].join(' ')}${secrets}`
}
