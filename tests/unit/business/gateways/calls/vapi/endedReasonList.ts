/**
 * Every ended reason of VAPI's SDK 2.0.1, written as the sets that it is made of (597 values). Kept apart from the rules
 * under test: these are names, the rules are patterns.
 */
const join = (left: string[], right: string[]) => left.flatMap((a) => right.map((b) => `${a}-${b}`))
const words = (text: string) => text.trim().split(/\s+/)
const prefixed = (prefix: string, names: string[]) => names.map((name) => prefix + name)

const models = words(`openai azure-openai google xai baseten mistral minimax inflection-ai deep-seek groq cerebras anthropic
  anthropic-bedrock anthropic-vertex together-ai anyscale openrouter perplexity-ai deepinfra runpod custom-llm vapi`)
const clientErrors = words('400-bad-request-validation-failed 401-unauthorized 403-model-access-denied 429-exceeded-quota')
const serverErrors = words('500-server-error 503-server-overloaded-error')
const voices = words(`openai cartesia deepgram eleven-labs playht lmnt azure rime-ai smallest-ai vapi neuphonic hume sesame inworld
  minimax wellsaid xai microsoft`)
const transcribers = words(`vapi deepgram gladia speechmatics assembly-ai talkscriber azure-speech eleven-labs google openai soniox
  xai cartesia custom`)

const accountFaults = [
  'tavus-video-failed',
  ...join(['assembly-ai-returning'], words(`400-insufficent-funds 400-paid-only-feature 401-invalid-credentials 500-invalid-schema
    500-word-boost-parsing-failed`)),
  ...join(['soniox-transcriber', 'xai-transcriber'], words('auth-failed rate-limited invalid-config server-error')),
  ...join(['openai'], words('401-incorrect-api-key 401-account-not-in-organization 429-rate-limit-reached')),
  ...join(['cartesia'], words('socket-hang-up requested-payment')),
  ...join(['eleven-labs'], words(`voice-not-found unauthorized-access unauthorized-to-access-model
    professional-voices-only-for-creator-plus blocked-free-plan-and-requested-upgrade
    blocked-concurrent-requests-and-requested-upgrade blocked-using-instant-voice-clone-and-requested-upgrade
    system-busy-and-requested-upgrade voice-not-fine-tuned invalid-api-key invalid-voice-samples voice-disabled-by-owner
    blocked-account-in-probation blocked-content-against-their-policy missing-samples-for-voice-clone
    voice-not-fine-tuned-and-cannot-be-used voice-not-allowed-for-free-users max-character-limit-exceeded
    blocked-voice-potentially-against-terms-of-service-and-awaiting-verification quota-exceeded`)),
  ...join(['playht'], words(`401-unauthorized 429-exceeded-quota request-timed-out invalid-voice unexpected-error out-of-credits
    invalid-emotion voice-must-be-a-valid-voice-manifest-uri 403-forbidden-out-of-characters
    403-forbidden-api-access-not-available`)),
  ...join(['deepgram-returning'], words(`400-no-such-model-language-tier-combination 401-invalid-credentials
    403-model-access-denied 404-not-found`)),
]
const providerFaults = [
  ...join(['cartesia'], words('500-server-error 503-server-error 522-server-error')),
  ...join(['eleven-labs'], words('500-server-error 503-server-error system-busy-and-requested-upgrade')),
  ...join(['playht'], words('502-gateway-error 504-gateway-error')),
  ...join(['deepgram-returning'], words('500-invalid-json 502-network-error 502-bad-gateway-ehostunreach')),
]

const pipeline = prefixed('pipeline-error-', [
  ...join(models, [...clientErrors, ...serverErrors, 'llm-failed']),
  ...join([...voices, 'custom'], ['voice-failed']),
  ...join(transcribers, ['transcriber-failed']),
  ...accountFaults,
  ...providerFaults,
  ...words(`cartesia-502-server-error deepgram-returning-econnreset microsoft-voice-request-canceled
    deepgram-transcriber-api-key-missing eleven-labs-vapi-voice-disabled-by-owner`),
])
const vapifault = prefixed('call.in-progress.error-vapifault-', [
  ...join(models, clientErrors),
  'vapi-llm-failed',
  ...join(voices, ['voice-failed']),
  ...join(transcribers, ['transcriber-failed']),
  ...accountFaults,
  ...words(`worker-not-available worker-died transport-never-connected transport-connected-but-call-not-active
    call-started-but-connection-to-transport-missing chat-pipeline-failed-to-start`),
])
const providerfault = prefixed('call.in-progress.error-providerfault-', [
  ...join(models, [...serverErrors, 'llm-failed']),
  ...providerFaults,
  ...words('vapi-voice-failed vapi-transcriber-failed transport-never-connected'),
  ...join(['outbound-sip'], words(`403-forbidden 407-proxy-authentication-required 408-request-timeout
    480-temporarily-unavailable 503-service-unavailable`)),
])
const others = [
  ...words(`assistant-ended-call assistant-ended-call-after-message-spoken assistant-ended-call-with-hangup-task
    call-deleted call-start-error-neither-assistant-nor-server-set call.start.assistant-version-error-validation
    exceeded-max-duration manually-canceled scheduled-call-deleted silence-timed-out voicemail worker-shutdown
    twilio-failed-to-connect-call twilio-reported-customer-misdialed`),
  ...join(['assistant'], words('forwarded-call join-timed-out not-found not-valid said-end-call-phrase')),
  ...join(['assistant-request'], words(`failed returned-error returned-forwarding-phone-number returned-invalid-assistant
    returned-no-assistant returned-unspeakable-error`)),
  ...join(['call.ending.hook-executed'], words('say transfer')),
  ...prefixed('call.forwarding.', words('no-answer operator-busy')),
  ...join(['call.in-progress.error'], words(`assistant-did-not-receive-customer-audio
    configfault-model-unsupported-in-squad configfault-transport-unsupported-for-model pipeline-no-available-llm-model
    pipeline-ws-model-connection-failed sip-inbound-call-failed-to-connect sip-outbound-call-failed-to-connect transfer-failed
    warm-transfer-assistant-cancelled warm-transfer-max-duration warm-transfer-microphone-timeout warm-transfer-silence-timeout`)),
  ...prefixed('call.in-progress.', words('sip-completed-call twilio-completed-call')),
  ...prefixed('call.ringing.', words(`error-sip-inbound-call-failed-to-connect hook-executed-say hook-executed-transfer
    sip-inbound-caller-hungup-before-call-connect`)),
  ...join(['call.start.error'], words(`enterprise-feature-not-available-recording-consent fraud-check-failed get-assistant
    get-customer get-phone-number get-resources-validation get-transport subscription-concurrency-limit-reached
    subscription-frozen subscription-insufficient-credits subscription-upgrade-failed subscription-wallet-does-not-exist
    vapi-number-international vapi-number-outbound-daily-limit vapifault-database-error vapifault-get-org
    vapifault-get-subscription`)),
  ...join(['customer'], words(`busy did-not-answer did-not-give-microphone-permission ended-call
    ended-call-after-warm-transfer-attempt ended-call-before-warm-transfer ended-call-during-transfer`)),
  ...join(['phone-call-provider'], words('bypass-enabled-but-no-call-received closed-websocket')),
  ...join(['vonage'], words('completed disconnected failed-to-connect-call rejected')),
]

/** Still found in stored calls and old documentation. */
export const legacyReasons = words(`hangup unknown-error db-error database-error call.start.error-get-org
  call.start.error-get-subscription assistant-not-invalid assistant-not-provided
  assistant-said-message-with-end-call-enabled license-check-failed pipeline-no-available-model
  pipeline-no-available-llm-model sip-gateway-failed-to-connect-call
  call.in-progress.error-sip-telephony-provider-failed-to-connect-call vapifault-openai-voice-failed`)

export const endedReasons = [...new Set([...pipeline, ...vapifault, ...providerfault, ...others])]
export const endedReasonSets = { pipeline: new Set(pipeline), vapifault: new Set(vapifault), providerfault: new Set(providerfault), others: new Set(others) }
