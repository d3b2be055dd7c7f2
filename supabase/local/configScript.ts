/** /config.js, by which one build of the app runs anywhere: whoever serves the app says where its services are. */
import type { WebConfig } from '../../config/webConfig.ts'

/** U+2028 and U+2029 end a line for older engines; "<" could end the script if somebody put it into a page. */
export function configScript(config: WebConfig): string {
  return `window.__OUTDIAL__ = ${JSON.stringify(config).replaceAll(/[<\u2028\u2029]/g, escaped)};\n`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
