/** What a host of the app has to say, in the words of nginx and of hosts that read `_headers`: both from securityHeaders.ts. */
import { cacheControl, securityHeaders } from '../securityHeaders.ts'

interface Site { html: string, apiUrl: string, errorDsn?: string | undefined }
interface Server {
  /** The name under which people know the app: app.example.com. */
  host: string
  /** Where releases are kept, with `current` pointing to the one that is served. */
  folder: string
}

const headersOf = ({ html, apiUrl, errorDsn }: Site) => securityHeaders(html, { embedded: false, apiUrl, errorDsn })

/** One release's headers; they name its inline scripts, so that they go with it. */
export function nginxHeaders(site: Site): string {
  return Object.entries(headersOf(site)).map(([name, value]) => `add_header ${name} "${value}" always;\n`).join('')
}

/**
 * The server, the same for every release. Locations add no header of their own, for nginx would then forget those of the server;
 * a new release wants `nginx -s reload`, because the headers are read then.
 */
export function nginxServer({ host, folder }: Server): string {
  if (!/^[\w.-]+$/.test(host) || !/^\/[\w./-]+$/.test(folder)) throw new Error('A host is a name, and a folder an absolute path, without blanks.')
  return `# Written by config/deploy/writeSite.ts.
${cacheRules}
${towardsHttps(host)}
${secureServer(host, folder)}`
}

const cacheRules = `map $uri $outdial_cache {
  default "${cacheControl('/')}";
  "~^/_nuxt/[^/]+$" "${cacheControl('/_nuxt/entry.js')}";
}
`

const towardsHttps = (host: string) => `server {
  listen 80;
  listen [::]:80;
  server_name ${host};
  return 301 https://$host$request_uri;
}
`

const secureServer = (host: string, folder: string) => `server {
  listen 443 ssl;
  listen [::]:443 ssl;
  http2 on;
  server_name ${host};
  ssl_certificate /etc/letsencrypt/live/${host}/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/${host}/privkey.pem;
  ssl_protocols TLSv1.2 TLSv1.3;
  server_tokens off;
  root ${folder}/current/public;
  include ${folder}/current/headers.conf;
  add_header Cache-Control $outdial_cache always;
  gzip on;
  gzip_vary on;
  gzip_types text/css text/javascript application/javascript application/json image/svg+xml;
  client_max_body_size 1k;
  if ($request_method !~ ^(GET|HEAD)$) {
    return 405;
  }
  location /_nuxt/ {
    try_files $uri =404;
  }
  location /.well-known/ {
    default_type text/plain;
    try_files $uri =404;
  }
  location ~ /\\. {
    return 404;
  }
  location / {
    try_files $uri $uri/index.html /200.html;
  }
}
`

/** For Cloudflare Pages, Netlify and their like. What is not hashed they have browsers ask for again by themselves. */
export function headersFile(site: Site): string {
  const lines = Object.entries(headersOf(site)).map(([name, value]) => `  ${name}: ${value}`)
  return ['/*', ...lines, '/_nuxt/*', `  cache-control: ${cacheControl('/_nuxt/entry.js')}`, ''].join('\n')
}

/** Unknown paths are the app's to judge. */
export const redirectsFile = '/* /200.html 200\n'
