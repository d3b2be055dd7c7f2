import { dispositionSchema } from '../../../models/call.ts'

/**
 * What VAPI's model is asked about a conversation when it is over; private.heed_analyses in SQL reads the same names. Longer
 * than VAPI's five seconds: without this data an opt-out that the assistant missed would be missed for good.
 */
const structuredDataPlan = {
  enabled: true,
  timeoutSeconds: 20,
  schema: {
    type: 'object',
    properties: {
      opt_out: { type: 'boolean', description: 'True when the person asked in any way not to be called again or to be taken off a list.' },
      disposition: { type: 'string', enum: [...dispositionSchema.options], description: 'What the conversation came to.' },
      callback_at: {
        type: 'string', format: 'date-time',
        description: 'Only when the person named a time for another call: that time by the clock where the person is, without an offset.',
      },
      interest: { type: 'integer', minimum: 0, maximum: 10, description: 'How interested the person is, from 0 to 10.' },
    },
    required: ['opt_out', 'disposition'],
  },
}

export const analysisPlan = {
  summaryPlan: { enabled: true },
  successEvaluationPlan: { enabled: true, rubric: 'PassFail' },
  structuredDataPlan,
}
