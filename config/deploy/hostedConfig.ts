/** supabase/config.toml as one project needs it: the file names the local stack's address, where people of this project come from elsewhere. */

export function hostedConfig(toml: string, appUrl: string): string {
  const { origin } = new URL(appUrl)
  const site = /^site_url = .*$/m
  const redirects = /^additional_redirect_urls = .*$/m
  if (!site.test(toml) || !redirects.test(toml)) throw new Error('config.toml no longer says where people come back to.')
  return toml.replace(site, () => `site_url = ${JSON.stringify(origin)}`).replace(redirects, () => `additional_redirect_urls = ${JSON.stringify([`${origin}/**`])}`)
}
