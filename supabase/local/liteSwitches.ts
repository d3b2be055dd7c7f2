/**
 * @supabase/lite reads its switches once, while it is being imported: whoever imports it imports this before it. A test
 * runner cannot show a mistake here, because NODE_ENV=test switches storage on by itself.
 */
process.env.EXPERIMENTAL_STORAGE = '1'
process.env.LITE_TELEMETRY = '0'
process.env.DO_NOT_TRACK = '1'
