export interface Zone {
  target: string[]
  from: string[]
  message: string
}

/** Who may import whom, as the READMEs of the rooms say: a file of `target` may import nothing of `from`. */
export const importZones: Zone[] = [
  // The rooms of the house.
  zone(['business'], ['app', 'config', 'supabase', 'tests'], 'business/ knows no framework and no room but its own'),
  zone(['app'], ['supabase', 'tests'], 'app/ reaches the server through repositories'),
  zone(['config'], ['app', 'business', 'supabase', 'tests'], 'config/ is read by the others'),
  zone(['supabase/functions'], ['app', 'config', 'tests', 'supabase/local'], 'functions stand on business/ alone'),
  zone(['supabase/functions/!(_shared)/**'], ['business/repositories', 'business/gateways'], '_shared/ creates them, and hands them to a service'),
  zone(['supabase/local'], ['app', 'tests'], 'the local stack serves the product, it is no part of it'),
  zone(['supabase/local/simulators'], ['business', 'supabase/functions'], 'a simulator shares nothing with the adapter'),

  // Inside business/: services → repositories, gateways → models.
  zone(['business/models'], ['business/repositories', 'business/gateways', 'business/services'], 'models know only models'),
  zone(['business/repositories'], ['business/gateways', 'business/services'], 'a repository knows models'),
  zone(['business/gateways'], ['business/repositories', 'business/services'], 'a gateway knows models'),

  // Inside app/: pages → components → stores, composables → services → repositories.
  zone(['app'], ['business/gateways'], 'gateways and their secrets live on the server'),
  zone(outsideTheCompositionRoot(), ['business/repositories'], 'take repositories from useDeps()'),
  zone(['app/pages', 'app/layouts', 'app/middleware', 'app/components'], ['business/services'], 'stores and composables run services'),
  zone(['app/components'], ['app/pages', 'app/layouts', 'app/plugins'], 'components do not know where they are shown'),
  zone(['app/stores', 'app/composables'], ['app/components', 'app/pages', 'app/layouts'], 'behaviour does not know its looks'),
  zone(['app/components/ui'], ['app/stores', 'app/composables', 'business'], 'primitives hold no data and no behaviour of ours'),
  zone(['app/utils'], ['app/stores', 'app/composables', 'app/components', 'app/pages', 'app/layouts', 'business/services'], 'utils only format'),
]

function zone(targets: string[], from: string[], message: string): Zone {
  return { target: targets.map(here), from: from.map(here), message }
}

/** plugins/deps.ts creates the repositories, composables/useDeps.ts names their types; everything else in app/ asks. */
function outsideTheCompositionRoot(): string[] {
  return ['app/*.vue', 'app/!(plugins|composables)/**', 'app/plugins/!(deps).ts', 'app/composables/!(useDeps).ts']
}

function here(path: string): string {
  return `./${path}`
}
