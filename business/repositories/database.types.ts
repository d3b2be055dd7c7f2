/* Generated from the migrations by "npm run types:database"; a test compares. */

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "account_hours": {
                  Row: {
                    "account_id": string,"closes_at": string,"opens_at": string,"weekday": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"closes_at": string,"opens_at": string,"weekday": number
                  }
                  Update: {
                    "account_id"?: string,"closes_at"?: string,"opens_at"?: string,"weekday"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "account_hours_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"account_rules": {
                  Row: {
                    "account_id": string,"frequency_cap": number,"frequency_hours": number,"minimum_gap_seconds": number,"observes_holidays": boolean,"records_calls": boolean,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"frequency_cap"?: number,"frequency_hours"?: number,"minimum_gap_seconds"?: number,"observes_holidays"?: boolean,"records_calls"?: boolean,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"frequency_cap"?: number,"frequency_hours"?: number,"minimum_gap_seconds"?: number,"observes_holidays"?: boolean,"records_calls"?: boolean,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "account_rules_account_id_fkey"
      columns: ["account_id"]
isOneToOne: true
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"accounts": {
                  Row: {
                    "allowed_networks": (unknown)[] | null,"company_type": Database["public"]['Enums']["company_type"],"created_at": string,"created_by": string,"erase_at": string | null,"erased_at": string | null,"erased_name_digest": string | null,"format_style": Database["public"]['Enums']["format_style"],"id": string,"idle_minutes": number,"is_hipaa": boolean,"is_restricted": boolean,"name": string,"plan_id": string,"requires_second_factor": boolean,"status": Database["public"]['Enums']["account_status"],"status_at": string,"status_by": string | null,"status_reason": string | null,"time_zone": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "allowed_networks"?: (unknown)[] | null,"company_type"?: Database["public"]['Enums']["company_type"],"created_at"?: string,"created_by": string,"erase_at"?: string | null,"erased_at"?: string | null,"erased_name_digest"?: string | null,"format_style"?: Database["public"]['Enums']["format_style"],"id"?: string,"idle_minutes"?: number,"is_hipaa"?: boolean,"is_restricted"?: never,"name": string,"plan_id": string,"requires_second_factor"?: boolean,"status"?: Database["public"]['Enums']["account_status"],"status_at"?: string,"status_by"?: string | null,"status_reason"?: string | null,"time_zone"?: string,"updated_at"?: string
                  }
                  Update: {
                    "allowed_networks"?: (unknown)[] | null,"company_type"?: Database["public"]['Enums']["company_type"],"created_at"?: string,"created_by"?: string,"erase_at"?: string | null,"erased_at"?: string | null,"erased_name_digest"?: string | null,"format_style"?: Database["public"]['Enums']["format_style"],"id"?: string,"idle_minutes"?: number,"is_hipaa"?: boolean,"is_restricted"?: never,"name"?: string,"plan_id"?: string,"requires_second_factor"?: boolean,"status"?: Database["public"]['Enums']["account_status"],"status_at"?: string,"status_by"?: string | null,"status_reason"?: string | null,"time_zone"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "accounts_plan_id_fkey"
      columns: ["plan_id"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["id"]
    }
                  ]
                },"activity_log": {
                  Row: {
                    "account_id": string | null,"actor_id": string | null,"actor_kind": Database["public"]['Enums']["actor_kind"],"changes": NonNullable<Json>,"created_at": string,"details": NonNullable<Json>,"id": number,"ip": unknown,"request_id": string | null,"subject_id": string | null,"subject_type": string,"user_agent": string | null,"verb": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id"?: string | null,"actor_id"?: string | null,"actor_kind"?: Database["public"]['Enums']["actor_kind"],"changes"?: NonNullable<Json>,"created_at"?: string,"details"?: NonNullable<Json>,"id"?: never,"ip"?: unknown,"request_id"?: string | null,"subject_id"?: string | null,"subject_type": string,"user_agent"?: string | null,"verb": string
                  }
                  Update: {
                    "account_id"?: string | null,"actor_id"?: string | null,"actor_kind"?: Database["public"]['Enums']["actor_kind"],"changes"?: NonNullable<Json>,"created_at"?: string,"details"?: NonNullable<Json>,"id"?: never,"ip"?: unknown,"request_id"?: string | null,"subject_id"?: string | null,"subject_type"?: string,"user_agent"?: string | null,"verb"?: string
                  }
                  Relationships: [
                    
                  ]
                },"assistant_models": {
                  Row: {
                    "description": string,"id": string,"name": string,"position": number,"provider": string,"provider_ref": string
                  }
                  ComputedFields: never
                  Insert: {
                    "description"?: string,"id": string,"name": string,"position": number,"provider": string,"provider_ref": string
                  }
                  Update: {
                    "description"?: string,"id"?: string,"name"?: string,"position"?: number,"provider"?: string,"provider_ref"?: string
                  }
                  Relationships: [
                    
                  ]
                },"assistant_templates": {
                  Row: {
                    "content": NonNullable<Json>,"id": string,"kind": string,"language": string,"position": number
                  }
                  ComputedFields: never
                  Insert: {
                    "content": NonNullable<Json>,"id": string,"kind": string,"language": string,"position": number
                  }
                  Update: {
                    "content"?: NonNullable<Json>,"id"?: string,"kind"?: string,"language"?: string,"position"?: number
                  }
                  Relationships: [
                    
                  ]
                },"assistant_versions": {
                  Row: {
                    "account_id": string,"assistant_id": string,"created_at": string,"created_by": string | null,"extraction": NonNullable<Json>,"fallback_message": string,"fallback_seconds": number,"goodbye_message": string,"greeting": string,"id": string,"instructions": string,"language": string,"maximum_seconds": number,"model_id": string,"name": string,"note": string,"opt_out_sentence": string,"persona": string,"record_calls": boolean,"retry_greeting": string,"role": string,"silence_seconds": number,"success_criterion": string,"temperature_percent": number,"tone": string,"version": number | null,"voice_id": string,"voicemail_message": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"assistant_id": string,"created_at"?: string,"created_by"?: string | null,"extraction": NonNullable<Json>,"fallback_message": string,"fallback_seconds": number,"goodbye_message": string,"greeting": string,"id"?: string,"instructions": string,"language": string,"maximum_seconds": number,"model_id": string,"name": string,"note"?: string,"opt_out_sentence": string,"persona": string,"record_calls": boolean,"retry_greeting": string,"role": string,"silence_seconds": number,"success_criterion": string,"temperature_percent": number,"tone": string,"version"?: number | null,"voice_id": string,"voicemail_message": string
                  }
                  Update: {
                    "account_id"?: string,"assistant_id"?: string,"created_at"?: string,"created_by"?: string | null,"extraction"?: NonNullable<Json>,"fallback_message"?: string,"fallback_seconds"?: number,"goodbye_message"?: string,"greeting"?: string,"id"?: string,"instructions"?: string,"language"?: string,"maximum_seconds"?: number,"model_id"?: string,"name"?: string,"note"?: string,"opt_out_sentence"?: string,"persona"?: string,"record_calls"?: boolean,"retry_greeting"?: string,"role"?: string,"silence_seconds"?: number,"success_criterion"?: string,"temperature_percent"?: number,"tone"?: string,"version"?: number | null,"voice_id"?: string,"voicemail_message"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "assistant_versions_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "assistant_versions_assistant_id_fkey"
      columns: ["assistant_id"]
isOneToOne: false
      referencedRelation: "assistants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "assistant_versions_model_id_fkey"
      columns: ["model_id"]
isOneToOne: false
      referencedRelation: "assistant_models"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "assistant_versions_voice_id_fkey"
      columns: ["voice_id"]
isOneToOne: false
      referencedRelation: "voices"
      referencedColumns: ["id"]
    }
                  ]
                },"assistants": {
                  Row: {
                    "account_id": string,"archived_at": string | null,"created_at": string,"created_by": string | null,"draft": Json | null,"draft_at": string | null,"draft_by": string | null,"id": string,"name": string,"revision": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"archived_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"draft"?: Json | null,"draft_at"?: string | null,"draft_by"?: string | null,"id"?: string,"name": string,"revision"?: number,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"archived_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"draft"?: Json | null,"draft_at"?: string | null,"draft_by"?: string | null,"id"?: string,"name"?: string,"revision"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "assistants_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"auto_top_ups": {
                  Row: {
                    "account_id": string,"amount_cents": number | null,"changed_by": string | null,"failures": number,"is_on": boolean,"monthly_limit_cents": number,"next_try_at": string | null,"off_reason": Database["public"]['Enums']["top_up_off_reason"] | null,"pack_id": string | null,"threshold_seconds": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"amount_cents"?: number | null,"changed_by"?: string | null,"failures"?: number,"is_on"?: boolean,"monthly_limit_cents": number,"next_try_at"?: string | null,"off_reason"?: Database["public"]['Enums']["top_up_off_reason"] | null,"pack_id"?: string | null,"threshold_seconds": number,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"amount_cents"?: number | null,"changed_by"?: string | null,"failures"?: number,"is_on"?: boolean,"monthly_limit_cents"?: number,"next_try_at"?: string | null,"off_reason"?: Database["public"]['Enums']["top_up_off_reason"] | null,"pack_id"?: string | null,"threshold_seconds"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "auto_top_ups_account_id_fkey"
      columns: ["account_id"]
isOneToOne: true
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "auto_top_ups_pack_id_fkey"
      columns: ["pack_id"]
isOneToOne: false
      referencedRelation: "packs"
      referencedColumns: ["id"]
    }
                  ]
                },"billing_details": {
                  Row: {
                    "account_id": string,"address_line_1": string | null,"address_line_2": string | null,"city": string | null,"company_name": string | null,"country": string | null,"currency": string,"email": string | null,"low_balance_levels": (number)[],"postal_code": string | null,"state": string | null,"tax_number": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"address_line_1"?: string | null,"address_line_2"?: string | null,"city"?: string | null,"company_name"?: string | null,"country"?: string | null,"currency"?: string,"email"?: string | null,"low_balance_levels"?: (number)[],"postal_code"?: string | null,"state"?: string | null,"tax_number"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"address_line_1"?: string | null,"address_line_2"?: string | null,"city"?: string | null,"company_name"?: string | null,"country"?: string | null,"currency"?: string,"email"?: string | null,"low_balance_levels"?: (number)[],"postal_code"?: string | null,"state"?: string | null,"tax_number"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "billing_details_account_id_fkey"
      columns: ["account_id"]
isOneToOne: true
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"blackout_dates": {
                  Row: {
                    "account_id": string,"campaign_id": string | null,"day": string,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"campaign_id"?: string | null,"day": string,"id"?: string,"name"?: string
                  }
                  Update: {
                    "account_id"?: string,"campaign_id"?: string | null,"day"?: string,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "blackout_dates_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "blackout_dates_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"call_transcripts": {
                  Row: {
                    "account_id": string,"analyser": string | null,"call_id": string,"computed": Json | null,"created_at": string,"structured": Json | null,"success": string | null,"summary": string | null,"transcript": string | null,"turns": NonNullable<Json>,"words": unknown
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"analyser"?: string | null,"call_id": string,"computed"?: Json | null,"created_at"?: string,"structured"?: Json | null,"success"?: string | null,"summary"?: string | null,"transcript"?: string | null,"turns"?: NonNullable<Json>,"words"?: unknown
                  }
                  Update: {
                    "account_id"?: string,"analyser"?: string | null,"call_id"?: string,"computed"?: Json | null,"created_at"?: string,"structured"?: Json | null,"success"?: string | null,"summary"?: string | null,"transcript"?: string | null,"turns"?: NonNullable<Json>,"words"?: unknown
                  }
                  Relationships: [
                    {
      foreignKeyName: "call_transcripts_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "call_transcripts_call_id_fkey"
      columns: ["call_id"]
isOneToOne: true
      referencedRelation: "calls"
      referencedColumns: ["id"]
    }
                  ]
                },"call_views": {
                  Row: {
                    "account_id": string,"created_at": string,"id": string,"name": string,"query": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"created_at"?: string,"id"?: string,"name": string,"query": string,"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"created_at"?: string,"id"?: string,"name"?: string,"query"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "call_views_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"callbacks": {
                  Row: {
                    "account_id": string,"call_id": string | null,"campaign_id": string,"created_at": string,"created_by": string | null,"enrolment_id": string,"id": number,"note": string,"source": string,"wished_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"call_id"?: string | null,"campaign_id": string,"created_at"?: string,"created_by"?: string | null,"enrolment_id": string,"id"?: never,"note"?: string,"source": string,"wished_at": string
                  }
                  Update: {
                    "account_id"?: string,"call_id"?: string | null,"campaign_id"?: string,"created_at"?: string,"created_by"?: string | null,"enrolment_id"?: string,"id"?: never,"note"?: string,"source"?: string,"wished_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "callbacks_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "callbacks_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "callbacks_enrolment_id_fkey"
      columns: ["enrolment_id"]
isOneToOne: false
      referencedRelation: "enrolments"
      referencedColumns: ["id"]
    }
                  ]
                },"calls": {
                  Row: {
                    "accepted_at": string | null,"account_day": string | null,"account_dialled_at": string | null,"account_id": string,"assistant_version_id": string | null,"attempt_id": string,"attempt_no": number,"billed_seconds": number | null,"billing_increment_seconds": number,"campaign_id": string | null,"checked_at": string | null,"consent_id": string | null,"contact_id": string | null,"counted_day": string | null,"created_at": string,"dial_at": string,"dial_facts": Json | null,"dialled_at": string | null,"disposition": Database["public"]['Enums']["call_disposition"] | null,"disposition_by": string | null,"disposition_source": Database["public"]['Enums']["disposition_source"] | null,"ended_at": string | null,"ended_reason": string | null,"engaged": boolean | null,"enrolment_id": string | null,"failure_scope": Database["public"]['Enums']["failure_scope"] | null,"first_increment_seconds": number,"found_late_at": string | null,"id": string,"is_counted": boolean,"kind": Database["public"]['Enums']["call_kind"],"lease_until": string,"local_dialled_at": string | null,"outcome": Database["public"]['Enums']["call_outcome"] | null,"overrun_seconds": number,"own_disposition_id": string | null,"phone": string,"phone_number_id": string,"price_micros": number | null,"provider_call_id": string | null,"provider_cost_micros": number | null,"provider_line_id": number,"recording_bytes": number | null,"recording_channels": number | null,"recording_path": string | null,"recording_state": Database["public"]['Enums']["recording_state"],"reserved_seconds": number,"ringing_at": string | null,"rule_version": number,"sentiment": Database["public"]['Enums']["call_sentiment"] | null,"settled_at": string | null,"started_at": string | null,"started_by": string | null,"state": Database["public"]['Enums']["call_state"],"talk_seconds": number,"technical_failure": boolean,"tried_campaign_id": string | null,"words_deleted_at": string | null,"words_deleted_days": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"account_day"?: string | null,"account_dialled_at"?: string | null,"account_id": string,"assistant_version_id"?: string | null,"attempt_id"?: string,"attempt_no"?: number,"billed_seconds"?: number | null,"billing_increment_seconds": number,"campaign_id"?: string | null,"checked_at"?: string | null,"consent_id"?: string | null,"contact_id"?: string | null,"counted_day"?: string | null,"created_at"?: string,"dial_at": string,"dial_facts"?: Json | null,"dialled_at"?: string | null,"disposition"?: Database["public"]['Enums']["call_disposition"] | null,"disposition_by"?: string | null,"disposition_source"?: Database["public"]['Enums']["disposition_source"] | null,"ended_at"?: string | null,"ended_reason"?: string | null,"engaged"?: boolean | null,"enrolment_id"?: string | null,"failure_scope"?: Database["public"]['Enums']["failure_scope"] | null,"first_increment_seconds"?: number,"found_late_at"?: string | null,"id"?: string,"is_counted"?: boolean,"kind"?: Database["public"]['Enums']["call_kind"],"lease_until": string,"local_dialled_at"?: string | null,"outcome"?: Database["public"]['Enums']["call_outcome"] | null,"overrun_seconds"?: number,"own_disposition_id"?: string | null,"phone": string,"phone_number_id": string,"price_micros"?: number | null,"provider_call_id"?: string | null,"provider_cost_micros"?: number | null,"provider_line_id": number,"recording_bytes"?: number | null,"recording_channels"?: number | null,"recording_path"?: string | null,"recording_state"?: Database["public"]['Enums']["recording_state"],"reserved_seconds": number,"ringing_at"?: string | null,"rule_version": number,"sentiment"?: Database["public"]['Enums']["call_sentiment"] | null,"settled_at"?: string | null,"started_at"?: string | null,"started_by"?: string | null,"state"?: Database["public"]['Enums']["call_state"],"talk_seconds"?: number,"technical_failure"?: boolean,"tried_campaign_id"?: string | null,"words_deleted_at"?: string | null,"words_deleted_days"?: number | null
                  }
                  Update: {
                    "accepted_at"?: string | null,"account_day"?: string | null,"account_dialled_at"?: string | null,"account_id"?: string,"assistant_version_id"?: string | null,"attempt_id"?: string,"attempt_no"?: number,"billed_seconds"?: number | null,"billing_increment_seconds"?: number,"campaign_id"?: string | null,"checked_at"?: string | null,"consent_id"?: string | null,"contact_id"?: string | null,"counted_day"?: string | null,"created_at"?: string,"dial_at"?: string,"dial_facts"?: Json | null,"dialled_at"?: string | null,"disposition"?: Database["public"]['Enums']["call_disposition"] | null,"disposition_by"?: string | null,"disposition_source"?: Database["public"]['Enums']["disposition_source"] | null,"ended_at"?: string | null,"ended_reason"?: string | null,"engaged"?: boolean | null,"enrolment_id"?: string | null,"failure_scope"?: Database["public"]['Enums']["failure_scope"] | null,"first_increment_seconds"?: number,"found_late_at"?: string | null,"id"?: string,"is_counted"?: boolean,"kind"?: Database["public"]['Enums']["call_kind"],"lease_until"?: string,"local_dialled_at"?: string | null,"outcome"?: Database["public"]['Enums']["call_outcome"] | null,"overrun_seconds"?: number,"own_disposition_id"?: string | null,"phone"?: string,"phone_number_id"?: string,"price_micros"?: number | null,"provider_call_id"?: string | null,"provider_cost_micros"?: number | null,"provider_line_id"?: number,"recording_bytes"?: number | null,"recording_channels"?: number | null,"recording_path"?: string | null,"recording_state"?: Database["public"]['Enums']["recording_state"],"reserved_seconds"?: number,"ringing_at"?: string | null,"rule_version"?: number,"sentiment"?: Database["public"]['Enums']["call_sentiment"] | null,"settled_at"?: string | null,"started_at"?: string | null,"started_by"?: string | null,"state"?: Database["public"]['Enums']["call_state"],"talk_seconds"?: number,"technical_failure"?: boolean,"tried_campaign_id"?: string | null,"words_deleted_at"?: string | null,"words_deleted_days"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "calls_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_assistant_version_id_fkey"
      columns: ["assistant_version_id"]
isOneToOne: false
      referencedRelation: "assistant_versions"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_enrolment_id_fkey"
      columns: ["enrolment_id"]
isOneToOne: false
      referencedRelation: "enrolments"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_own_disposition_id_fkey"
      columns: ["own_disposition_id"]
isOneToOne: false
      referencedRelation: "dispositions"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_phone_number_id_fkey"
      columns: ["phone_number_id"]
isOneToOne: false
      referencedRelation: "phone_numbers"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calls_tried_campaign_id_fkey"
      columns: ["tried_campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"campaign_members": {
                  Row: {
                    "account_id": string,"campaign_id": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"campaign_id": string,"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"campaign_id"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "campaign_members_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaign_members_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"campaign_retries": {
                  Row: {
                    "account_id": string,"campaign_id": string,"delays_minutes": (number)[],"outcome": Database["public"]['Enums']["call_outcome"],"retries": number,"shifts_day_part": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"campaign_id": string,"delays_minutes": (number)[],"outcome": Database["public"]['Enums']["call_outcome"],"retries": number,"shifts_day_part": boolean
                  }
                  Update: {
                    "account_id"?: string,"campaign_id"?: string,"delays_minutes"?: (number)[],"outcome"?: Database["public"]['Enums']["call_outcome"],"retries"?: number,"shifts_day_part"?: boolean
                  }
                  Relationships: [
                    {
      foreignKeyName: "campaign_retries_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaign_retries_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"campaign_windows": {
                  Row: {
                    "account_id": string,"campaign_id": string,"closes_at": string,"opens_at": string,"weekday": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"campaign_id": string,"closes_at": string,"opens_at": string,"weekday": number
                  }
                  Update: {
                    "account_id"?: string,"campaign_id"?: string,"closes_at"?: string,"opens_at"?: string,"weekday"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "campaign_windows_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaign_windows_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"campaigns": {
                  Row: {
                    "account_id": string,"archived_at": string | null,"archived_from": Database["public"]['Enums']["campaign_status"] | null,"assistant_id": string | null,"assistant_version_id": string | null,"call_order": Database["public"]['Enums']["call_order"],"category": string,"consent_override_at": string | null,"consent_override_by": string | null,"consent_override_reason": string | null,"copied_to": number | null,"copying_from": string | null,"created_at": string,"created_by": string | null,"description": string,"ends_at": string | null,"failure_limit_percent": number,"finished_at": string | null,"id": string,"kept_forecast": Json | null,"language": string | null,"launch_at": string | null,"max_attempts": number,"name": string,"opt_out_limit_percent": number,"pause_details": NonNullable<Json>,"pause_reason": Database["public"]['Enums']["pause_reason"] | null,"priority": Database["public"]['Enums']["campaign_priority"],"prompt": string,"purpose": Database["public"]['Enums']["campaign_purpose"],"qualification": NonNullable<Json>,"record_calls": boolean | null,"resumed_at": string | null,"started_at": string | null,"started_by": string | null,"starts_at": string | null,"status": Database["public"]['Enums']["campaign_status"],"time_zone": string,"updated_at": string,"uses_preferred_assistants": boolean,"voice_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"archived_at"?: string | null,"archived_from"?: Database["public"]['Enums']["campaign_status"] | null,"assistant_id"?: string | null,"assistant_version_id"?: string | null,"call_order"?: Database["public"]['Enums']["call_order"],"category"?: string,"consent_override_at"?: string | null,"consent_override_by"?: string | null,"consent_override_reason"?: string | null,"copied_to"?: number | null,"copying_from"?: string | null,"created_at"?: string,"created_by"?: string | null,"description"?: string,"ends_at"?: string | null,"failure_limit_percent"?: number,"finished_at"?: string | null,"id"?: string,"kept_forecast"?: Json | null,"language"?: string | null,"launch_at"?: string | null,"max_attempts"?: number,"name": string,"opt_out_limit_percent"?: number,"pause_details"?: NonNullable<Json>,"pause_reason"?: Database["public"]['Enums']["pause_reason"] | null,"priority"?: Database["public"]['Enums']["campaign_priority"],"prompt"?: string,"purpose"?: Database["public"]['Enums']["campaign_purpose"],"qualification"?: NonNullable<Json>,"record_calls"?: boolean | null,"resumed_at"?: string | null,"started_at"?: string | null,"started_by"?: string | null,"starts_at"?: string | null,"status"?: Database["public"]['Enums']["campaign_status"],"time_zone"?: string,"updated_at"?: string,"uses_preferred_assistants"?: boolean,"voice_id"?: string | null
                  }
                  Update: {
                    "account_id"?: string,"archived_at"?: string | null,"archived_from"?: Database["public"]['Enums']["campaign_status"] | null,"assistant_id"?: string | null,"assistant_version_id"?: string | null,"call_order"?: Database["public"]['Enums']["call_order"],"category"?: string,"consent_override_at"?: string | null,"consent_override_by"?: string | null,"consent_override_reason"?: string | null,"copied_to"?: number | null,"copying_from"?: string | null,"created_at"?: string,"created_by"?: string | null,"description"?: string,"ends_at"?: string | null,"failure_limit_percent"?: number,"finished_at"?: string | null,"id"?: string,"kept_forecast"?: Json | null,"language"?: string | null,"launch_at"?: string | null,"max_attempts"?: number,"name"?: string,"opt_out_limit_percent"?: number,"pause_details"?: NonNullable<Json>,"pause_reason"?: Database["public"]['Enums']["pause_reason"] | null,"priority"?: Database["public"]['Enums']["campaign_priority"],"prompt"?: string,"purpose"?: Database["public"]['Enums']["campaign_purpose"],"qualification"?: NonNullable<Json>,"record_calls"?: boolean | null,"resumed_at"?: string | null,"started_at"?: string | null,"started_by"?: string | null,"starts_at"?: string | null,"status"?: Database["public"]['Enums']["campaign_status"],"time_zone"?: string,"updated_at"?: string,"uses_preferred_assistants"?: boolean,"voice_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "campaigns_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaigns_assistant_id_fkey"
      columns: ["assistant_id"]
isOneToOne: false
      referencedRelation: "assistants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaigns_assistant_version_id_fkey"
      columns: ["assistant_version_id"]
isOneToOne: false
      referencedRelation: "assistant_versions"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaigns_copying_from_fkey"
      columns: ["copying_from"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "campaigns_voice_id_fkey"
      columns: ["voice_id"]
isOneToOne: false
      referencedRelation: "voices"
      referencedColumns: ["id"]
    }
                  ]
                },"company_types": {
                  Row: {
                    "dispositions": NonNullable<Json>,"id": Database["public"]['Enums']["company_type"],"idle_minutes": number,"position": number,"records_calls": boolean,"rules": NonNullable<Json>,"template_kind": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "dispositions"?: NonNullable<Json>,"id": Database["public"]['Enums']["company_type"],"idle_minutes"?: number,"position": number,"records_calls"?: boolean,"rules"?: NonNullable<Json>,"template_kind"?: string | null
                  }
                  Update: {
                    "dispositions"?: NonNullable<Json>,"id"?: Database["public"]['Enums']["company_type"],"idle_minutes"?: number,"position"?: number,"records_calls"?: boolean,"rules"?: NonNullable<Json>,"template_kind"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"consents": {
                  Row: {
                    "account_id": string,"basis": Database["public"]['Enums']["consent_basis"],"channel": Database["public"]['Enums']["consent_channel"],"contact_id": string,"created_at": string,"evidence": string,"given_at": string,"id": string,"import_id": string | null,"purposes": (Database["public"]['Enums']["campaign_purpose"])[],"recorded_by": string | null,"revoke_reason": string | null,"revoked_at": string | null,"revoked_by": string | null,"text_shown": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"basis": Database["public"]['Enums']["consent_basis"],"channel": Database["public"]['Enums']["consent_channel"],"contact_id": string,"created_at"?: string,"evidence"?: string,"given_at": string,"id"?: string,"import_id"?: string | null,"purposes": (Database["public"]['Enums']["campaign_purpose"])[],"recorded_by"?: string | null,"revoke_reason"?: string | null,"revoked_at"?: string | null,"revoked_by"?: string | null,"text_shown"?: string
                  }
                  Update: {
                    "account_id"?: string,"basis"?: Database["public"]['Enums']["consent_basis"],"channel"?: Database["public"]['Enums']["consent_channel"],"contact_id"?: string,"created_at"?: string,"evidence"?: string,"given_at"?: string,"id"?: string,"import_id"?: string | null,"purposes"?: (Database["public"]['Enums']["campaign_purpose"])[],"recorded_by"?: string | null,"revoke_reason"?: string | null,"revoked_at"?: string | null,"revoked_by"?: string | null,"text_shown"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "consents_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "consents_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "consents_import_id_fkey"
      columns: ["import_id"]
isOneToOne: false
      referencedRelation: "imports"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_hour_stats": {
                  Row: {
                    "account_id": string,"answered_count": number,"calls_count": number,"campaign_id": string,"day": string,"hour": number,"id": number,"positive_count": number,"weekday": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"answered_count"?: number,"calls_count"?: number,"campaign_id": string,"day": string,"hour": number,"id"?: never,"positive_count"?: number,"weekday": number
                  }
                  Update: {
                    "account_id"?: string,"answered_count"?: number,"calls_count"?: number,"campaign_id"?: string,"day"?: string,"hour"?: number,"id"?: never,"positive_count"?: number,"weekday"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_hour_stats_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_hour_stats_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_list_members": {
                  Row: {
                    "account_id": string,"contact_id": string,"created_at": string,"list_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"contact_id": string,"created_at"?: string,"list_id": string
                  }
                  Update: {
                    "account_id"?: string,"contact_id"?: string,"created_at"?: string,"list_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_list_members_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_list_members_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_list_members_list_id_fkey"
      columns: ["list_id"]
isOneToOne: false
      referencedRelation: "contact_lists"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_lists": {
                  Row: {
                    "account_id": string,"created_at": string,"created_by": string | null,"filter": Json | null,"id": string,"kind": Database["public"]['Enums']["contact_list_kind"],"name": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"created_at"?: string,"created_by"?: string | null,"filter"?: Json | null,"id"?: string,"kind"?: Database["public"]['Enums']["contact_list_kind"],"name": string,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"created_at"?: string,"created_by"?: string | null,"filter"?: Json | null,"id"?: string,"kind"?: Database["public"]['Enums']["contact_list_kind"],"name"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_lists_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_notes": {
                  Row: {
                    "account_id": string,"body": string,"contact_id": string,"created_at": string,"created_by": string | null,"id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"body": string,"contact_id": string,"created_at"?: string,"created_by"?: string | null,"id"?: string
                  }
                  Update: {
                    "account_id"?: string,"body"?: string,"contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_notes_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_notes_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_tags": {
                  Row: {
                    "account_id": string,"contact_id": string,"created_at": string,"tag_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"contact_id": string,"created_at"?: string,"tag_id": string
                  }
                  Update: {
                    "account_id"?: string,"contact_id"?: string,"created_at"?: string,"tag_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_tags_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_tags_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_tags_tag_id_fkey"
      columns: ["tag_id"]
isOneToOne: false
      referencedRelation: "tags"
      referencedColumns: ["id"]
    }
                  ]
                },"contacts": {
                  Row: {
                    "account_id": string,"assistant_id": string | null,"attributes": NonNullable<Json>,"call_days": (number)[] | null,"calls_from": string | null,"calls_until": string | null,"company": string,"created_at": string,"email": string,"erased_at": string | null,"erased_by": string | null,"has_consent": boolean,"id": string,"import_id": string | null,"locale": string,"name": string,"phone": string | null,"region": string,"region_is_stated": boolean,"replaced_by": string | null,"search_text": string | null,"segment": string,"time_zone": string | null,"time_zone_source": Database["public"]['Enums']["time_zone_source"] | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"assistant_id"?: string | null,"attributes"?: NonNullable<Json>,"call_days"?: (number)[] | null,"calls_from"?: string | null,"calls_until"?: string | null,"company"?: string,"created_at"?: string,"email"?: string,"erased_at"?: string | null,"erased_by"?: string | null,"has_consent"?: boolean,"id"?: string,"import_id"?: string | null,"locale"?: string,"name"?: string,"phone"?: string | null,"region"?: string,"region_is_stated"?: boolean,"replaced_by"?: string | null,"search_text"?: never,"segment"?: string,"time_zone"?: string | null,"time_zone_source"?: Database["public"]['Enums']["time_zone_source"] | null,"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"assistant_id"?: string | null,"attributes"?: NonNullable<Json>,"call_days"?: (number)[] | null,"calls_from"?: string | null,"calls_until"?: string | null,"company"?: string,"created_at"?: string,"email"?: string,"erased_at"?: string | null,"erased_by"?: string | null,"has_consent"?: boolean,"id"?: string,"import_id"?: string | null,"locale"?: string,"name"?: string,"phone"?: string | null,"region"?: string,"region_is_stated"?: boolean,"replaced_by"?: string | null,"search_text"?: never,"segment"?: string,"time_zone"?: string | null,"time_zone_source"?: Database["public"]['Enums']["time_zone_source"] | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "contacts_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_assistant_id_fkey"
      columns: ["assistant_id"]
isOneToOne: false
      referencedRelation: "assistants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_import_id_fkey"
      columns: ["import_id"]
isOneToOne: false
      referencedRelation: "imports"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_replaced_by_fkey"
      columns: ["replaced_by"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    }
                  ]
                },"daily_stats": {
                  Row: {
                    "account_id": string,"assistant_version_id": string,"billed_seconds": number,"calls_count": number,"campaign_id": string | null,"day": string,"id": number,"negative_count": number,"neutral_count": number,"outcome": Database["public"]['Enums']["call_outcome"],"positive_count": number,"price_micros": number,"talk_seconds": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"assistant_version_id": string,"billed_seconds"?: number,"calls_count"?: number,"campaign_id"?: string | null,"day": string,"id"?: never,"negative_count"?: number,"neutral_count"?: number,"outcome": Database["public"]['Enums']["call_outcome"],"positive_count"?: number,"price_micros"?: number,"talk_seconds"?: number
                  }
                  Update: {
                    "account_id"?: string,"assistant_version_id"?: string,"billed_seconds"?: number,"calls_count"?: number,"campaign_id"?: string | null,"day"?: string,"id"?: never,"negative_count"?: number,"neutral_count"?: number,"outcome"?: Database["public"]['Enums']["call_outcome"],"positive_count"?: number,"price_micros"?: number,"talk_seconds"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "daily_stats_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "daily_stats_assistant_version_id_fkey"
      columns: ["assistant_version_id"]
isOneToOne: false
      referencedRelation: "assistant_versions"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "daily_stats_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"dial_denials": {
                  Row: {
                    "account_id": string,"contact_id": string,"created_at": string,"enrolment_id": string,"facts": NonNullable<Json>,"id": number,"local_time": string | null,"phone": string,"reason": string,"rule_version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"contact_id": string,"created_at"?: string,"enrolment_id": string,"facts"?: NonNullable<Json>,"id"?: never,"local_time"?: string | null,"phone": string,"reason": string,"rule_version": number
                  }
                  Update: {
                    "account_id"?: string,"contact_id"?: string,"created_at"?: string,"enrolment_id"?: string,"facts"?: NonNullable<Json>,"id"?: never,"local_time"?: string | null,"phone"?: string,"reason"?: string,"rule_version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "dial_denials_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "dial_denials_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "dial_denials_enrolment_id_fkey"
      columns: ["enrolment_id"]
isOneToOne: false
      referencedRelation: "enrolments"
      referencedColumns: ["id"]
    }
                  ]
                },"dispositions": {
                  Row: {
                    "account_id": string,"archived_at": string | null,"created_at": string,"created_by": string | null,"description": string,"id": string,"meaning": Database["public"]['Enums']["disposition_meaning"],"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"archived_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"description"?: string,"id"?: string,"meaning": Database["public"]['Enums']["disposition_meaning"],"name": string
                  }
                  Update: {
                    "account_id"?: string,"archived_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"description"?: string,"id"?: string,"meaning"?: Database["public"]['Enums']["disposition_meaning"],"name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "dispositions_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"do_not_call": {
                  Row: {
                    "account_id": string,"call_id": string | null,"created_at": string,"created_by": string | null,"id": string,"phone": string,"reason": string,"source": Database["public"]['Enums']["opt_out_source"]
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"call_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"id"?: string,"phone": string,"reason"?: string,"source": Database["public"]['Enums']["opt_out_source"]
                  }
                  Update: {
                    "account_id"?: string,"call_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"id"?: string,"phone"?: string,"reason"?: string,"source"?: Database["public"]['Enums']["opt_out_source"]
                  }
                  Relationships: [
                    {
      foreignKeyName: "do_not_call_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"do_not_call_history": {
                  Row: {
                    "account_id": string,"actor_id": string | null,"call_id": string | null,"change": Database["public"]['Enums']["list_change"],"created_at": string,"id": number,"phone": string,"reason": string,"source": Database["public"]['Enums']["opt_out_source"]
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"actor_id"?: string | null,"call_id"?: string | null,"change": Database["public"]['Enums']["list_change"],"created_at"?: string,"id"?: never,"phone": string,"reason": string,"source": Database["public"]['Enums']["opt_out_source"]
                  }
                  Update: {
                    "account_id"?: string,"actor_id"?: string | null,"call_id"?: string | null,"change"?: Database["public"]['Enums']["list_change"],"created_at"?: string,"id"?: never,"phone"?: string,"reason"?: string,"source"?: Database["public"]['Enums']["opt_out_source"]
                  }
                  Relationships: [
                    {
      foreignKeyName: "do_not_call_history_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"enrolments": {
                  Row: {
                    "account_id": string,"attempts": number,"callback_at": string | null,"campaign_id": string,"contact_id": string,"created_at": string,"id": string,"outcome": Database["public"]['Enums']["call_outcome"] | null,"position": number,"preferred_version_id": string | null,"reason": Database["public"]['Enums']["block_reason"] | null,"reason_detail": string | null,"status": Database["public"]['Enums']["enrolment_status"],"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"attempts"?: number,"callback_at"?: string | null,"campaign_id": string,"contact_id": string,"created_at"?: string,"id"?: string,"outcome"?: Database["public"]['Enums']["call_outcome"] | null,"position": number,"preferred_version_id"?: string | null,"reason"?: Database["public"]['Enums']["block_reason"] | null,"reason_detail"?: string | null,"status"?: Database["public"]['Enums']["enrolment_status"],"updated_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"attempts"?: number,"callback_at"?: string | null,"campaign_id"?: string,"contact_id"?: string,"created_at"?: string,"id"?: string,"outcome"?: Database["public"]['Enums']["call_outcome"] | null,"position"?: number,"preferred_version_id"?: string | null,"reason"?: Database["public"]['Enums']["block_reason"] | null,"reason_detail"?: string | null,"status"?: Database["public"]['Enums']["enrolment_status"],"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "enrolments_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "enrolments_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "enrolments_contact_id_fkey"
      columns: ["contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "enrolments_preferred_version_id_fkey"
      columns: ["preferred_version_id"]
isOneToOne: false
      referencedRelation: "assistant_versions"
      referencedColumns: ["id"]
    }
                  ]
                },"former_members": {
                  Row: {
                    "account_id": string,"joined_at": string,"left_at": string,"removed_by": string | null,"role": Database["public"]['Enums']["member_role"],"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"joined_at": string,"left_at"?: string,"removed_by"?: string | null,"role": Database["public"]['Enums']["member_role"],"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"joined_at"?: string,"left_at"?: string,"removed_by"?: string | null,"role"?: Database["public"]['Enums']["member_role"],"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "former_members_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"holidays": {
                  Row: {
                    "day": string,"name": string,"region": string
                  }
                  ComputedFields: never
                  Insert: {
                    "day": string,"name": string,"region": string
                  }
                  Update: {
                    "day"?: string,"name"?: string,"region"?: string
                  }
                  Relationships: [
                    
                  ]
                },"hourly_stats": {
                  Row: {
                    "account_id": string,"answered_count": number,"billed_seconds": number,"calls_count": number,"campaign_id": string | null,"day": string,"hour": number,"id": number,"positive_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"answered_count"?: number,"billed_seconds"?: number,"calls_count"?: number,"campaign_id"?: string | null,"day": string,"hour": number,"id"?: never,"positive_count"?: number
                  }
                  Update: {
                    "account_id"?: string,"answered_count"?: number,"billed_seconds"?: number,"calls_count"?: number,"campaign_id"?: string | null,"day"?: string,"hour"?: number,"id"?: never,"positive_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "hourly_stats_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "hourly_stats_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    }
                  ]
                },"import_chunks": {
                  Row: {
                    "account_id": string,"chunk": number,"created_at": string,"import_id": string,"known_ids": (string)[],"result": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"chunk": number,"created_at"?: string,"import_id": string,"known_ids"?: (string)[],"result": NonNullable<Json>
                  }
                  Update: {
                    "account_id"?: string,"chunk"?: number,"created_at"?: string,"import_id"?: string,"known_ids"?: (string)[],"result"?: NonNullable<Json>
                  }
                  Relationships: [
                    {
      foreignKeyName: "import_chunks_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "import_chunks_import_id_fkey"
      columns: ["import_id"]
isOneToOne: false
      referencedRelation: "imports"
      referencedColumns: ["id"]
    }
                  ]
                },"imports": {
                  Row: {
                    "account_id": string,"consent": Json | null,"created_at": string,"created_by": string | null,"created_count": number,"default_time_zone": string | null,"do_not_call_count": number,"failure_reason": string | null,"file_bytes": number,"file_hash": string,"file_name": string,"finished_at": string | null,"id": string,"mapping": NonNullable<Json>,"no_time_zone_count": number,"options": NonNullable<Json>,"refused_count": number,"row_count": number,"skipped_count": number,"status": Database["public"]['Enums']["import_status"],"unchanged_count": number,"undone_at": string | null,"undone_count": number,"updated_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"consent"?: Json | null,"created_at"?: string,"created_by"?: string | null,"created_count"?: number,"default_time_zone"?: string | null,"do_not_call_count"?: number,"failure_reason"?: string | null,"file_bytes"?: number,"file_hash"?: string,"file_name": string,"finished_at"?: string | null,"id"?: string,"mapping"?: NonNullable<Json>,"no_time_zone_count"?: number,"options"?: NonNullable<Json>,"refused_count"?: number,"row_count"?: number,"skipped_count"?: number,"status"?: Database["public"]['Enums']["import_status"],"unchanged_count"?: number,"undone_at"?: string | null,"undone_count"?: number,"updated_count"?: number
                  }
                  Update: {
                    "account_id"?: string,"consent"?: Json | null,"created_at"?: string,"created_by"?: string | null,"created_count"?: number,"default_time_zone"?: string | null,"do_not_call_count"?: number,"failure_reason"?: string | null,"file_bytes"?: number,"file_hash"?: string,"file_name"?: string,"finished_at"?: string | null,"id"?: string,"mapping"?: NonNullable<Json>,"no_time_zone_count"?: number,"options"?: NonNullable<Json>,"refused_count"?: number,"row_count"?: number,"skipped_count"?: number,"status"?: Database["public"]['Enums']["import_status"],"unchanged_count"?: number,"undone_at"?: string | null,"undone_count"?: number,"updated_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "imports_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"account_id": string,"created_at": string,"email": string,"expires_at": string,"id": string,"invited_by": string | null,"revoked_at": string | null,"role": Database["public"]['Enums']["member_role"],"sent_at": string,"sent_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"account_id": string,"created_at"?: string,"email": string,"expires_at": string,"id"?: string,"invited_by"?: string | null,"revoked_at"?: string | null,"role": Database["public"]['Enums']["member_role"],"sent_at"?: string,"sent_count"?: number
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"account_id"?: string,"created_at"?: string,"email"?: string,"expires_at"?: string,"id"?: string,"invited_by"?: string | null,"revoked_at"?: string | null,"role"?: Database["public"]['Enums']["member_role"],"sent_at"?: string,"sent_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"ledger_entries": {
                  Row: {
                    "account_id": string,"account_version": number,"balance_after": number,"call_id": string | null,"created_at": string,"created_by": string | null,"delta_seconds": number,"id": string,"kind": Database["public"]['Enums']["ledger_kind"],"note": string | null,"order_id": string | null,"ref": string | null,"value_micros": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"account_version": number,"balance_after": number,"call_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"delta_seconds": number,"id"?: string,"kind": Database["public"]['Enums']["ledger_kind"],"note"?: string | null,"order_id"?: string | null,"ref"?: string | null,"value_micros"?: number
                  }
                  Update: {
                    "account_id"?: string,"account_version"?: number,"balance_after"?: number,"call_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"delta_seconds"?: number,"id"?: string,"kind"?: Database["public"]['Enums']["ledger_kind"],"note"?: string | null,"order_id"?: string | null,"ref"?: string | null,"value_micros"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "ledger_entries_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "ledger_entries_order_id_fkey"
      columns: ["order_id"]
isOneToOne: false
      referencedRelation: "orders"
      referencedColumns: ["id"]
    }
                  ]
                },"members": {
                  Row: {
                    "account_id": string,"created_at": string,"role": Database["public"]['Enums']["member_role"],"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"created_at"?: string,"role": Database["public"]['Enums']["member_role"],"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"created_at"?: string,"role"?: Database["public"]['Enums']["member_role"],"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "members_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"notice_preferences": {
                  Row: {
                    "account_id": string,"by_email": boolean,"changed_at": string,"topic": Database["public"]['Enums']["notice_topic"],"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"by_email": boolean,"changed_at"?: string,"topic": Database["public"]['Enums']["notice_topic"],"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"by_email"?: boolean,"changed_at"?: string,"topic"?: Database["public"]['Enums']["notice_topic"],"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notice_preferences_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"notice_reads": {
                  Row: {
                    "account_id": string,"notice_id": string,"read_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"notice_id": string,"read_at"?: string,"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"notice_id"?: string,"read_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notice_reads_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notice_reads_notice_id_fkey"
      columns: ["notice_id"]
isOneToOne: false
      referencedRelation: "notices"
      referencedColumns: ["id"]
    }
                  ]
                },"notices": {
                  Row: {
                    "account_id": string,"campaign_id": string | null,"cause": string | null,"created_at": string,"details": NonNullable<Json>,"dismissed_at": string | null,"dismissed_by": string | null,"id": string,"import_id": string | null,"kind": Database["public"]['Enums']["notice_kind"],"mailed_at": string | null,"recipient_id": string | null,"resolved_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"campaign_id"?: string | null,"cause"?: string | null,"created_at"?: string,"details"?: NonNullable<Json>,"dismissed_at"?: string | null,"dismissed_by"?: string | null,"id"?: string,"import_id"?: string | null,"kind": Database["public"]['Enums']["notice_kind"],"mailed_at"?: string | null,"recipient_id"?: string | null,"resolved_at"?: string | null
                  }
                  Update: {
                    "account_id"?: string,"campaign_id"?: string | null,"cause"?: string | null,"created_at"?: string,"details"?: NonNullable<Json>,"dismissed_at"?: string | null,"dismissed_by"?: string | null,"id"?: string,"import_id"?: string | null,"kind"?: Database["public"]['Enums']["notice_kind"],"mailed_at"?: string | null,"recipient_id"?: string | null,"resolved_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "notices_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notices_campaign_id_fkey"
      columns: ["campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notices_import_id_fkey"
      columns: ["import_id"]
isOneToOne: false
      referencedRelation: "imports"
      referencedColumns: ["id"]
    }
                  ]
                },"number_regions": {
                  Row: {
                    "prefix": string,"region": string
                  }
                  ComputedFields: never
                  Insert: {
                    "prefix": string,"region": string
                  }
                  Update: {
                    "prefix"?: string,"region"?: string
                  }
                  Relationships: [
                    
                  ]
                },"orders": {
                  Row: {
                    "account_id": string,"amount_cents": number,"bonus_seconds": number,"charge_id": string | null,"checked_at": string | null,"checkout_session_id": string | null,"checkout_url": string | null,"created_at": string,"created_by": string | null,"currency": string,"description": string,"disputed_cents": number,"expires_at": string | null,"failure_code": string | null,"failure_message": string | null,"id": string,"invoice_no": number | null,"invoice_path": string | null,"kind": Database["public"]['Enums']["order_kind"],"pack_id": string | null,"paid_at": string | null,"payment_intent_id": string | null,"payment_method_id": string | null,"refunded_cents": number,"request_id": string,"saves_card": boolean,"seconds": number,"status": Database["public"]['Enums']["order_status"]
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"amount_cents": number,"bonus_seconds"?: number,"charge_id"?: string | null,"checked_at"?: string | null,"checkout_session_id"?: string | null,"checkout_url"?: string | null,"created_at"?: string,"created_by"?: string | null,"currency": string,"description": string,"disputed_cents"?: number,"expires_at"?: string | null,"failure_code"?: string | null,"failure_message"?: string | null,"id"?: string,"invoice_no"?: number | null,"invoice_path"?: string | null,"kind"?: Database["public"]['Enums']["order_kind"],"pack_id"?: string | null,"paid_at"?: string | null,"payment_intent_id"?: string | null,"payment_method_id"?: string | null,"refunded_cents"?: number,"request_id": string,"saves_card"?: boolean,"seconds": number,"status"?: Database["public"]['Enums']["order_status"]
                  }
                  Update: {
                    "account_id"?: string,"amount_cents"?: number,"bonus_seconds"?: number,"charge_id"?: string | null,"checked_at"?: string | null,"checkout_session_id"?: string | null,"checkout_url"?: string | null,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"description"?: string,"disputed_cents"?: number,"expires_at"?: string | null,"failure_code"?: string | null,"failure_message"?: string | null,"id"?: string,"invoice_no"?: number | null,"invoice_path"?: string | null,"kind"?: Database["public"]['Enums']["order_kind"],"pack_id"?: string | null,"paid_at"?: string | null,"payment_intent_id"?: string | null,"payment_method_id"?: string | null,"refunded_cents"?: number,"request_id"?: string,"saves_card"?: boolean,"seconds"?: number,"status"?: Database["public"]['Enums']["order_status"]
                  }
                  Relationships: [
                    {
      foreignKeyName: "orders_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "orders_pack_id_fkey"
      columns: ["pack_id"]
isOneToOne: false
      referencedRelation: "packs"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "orders_payment_method_id_fkey"
      columns: ["payment_method_id"]
isOneToOne: false
      referencedRelation: "payment_methods"
      referencedColumns: ["id"]
    }
                  ]
                },"own_numbers": {
                  Row: {
                    "phone": string,"user_id": string,"verified_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "phone": string,"user_id": string,"verified_at"?: string
                  }
                  Update: {
                    "phone"?: string,"user_id"?: string,"verified_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"packs": {
                  Row: {
                    "bonus_percent": number,"currency": string,"description": string,"id": string,"is_on": boolean,"name": string,"position": number,"price_cents": number,"seconds": number
                  }
                  ComputedFields: never
                  Insert: {
                    "bonus_percent"?: number,"currency"?: string,"description"?: string,"id": string,"is_on"?: boolean,"name": string,"position"?: number,"price_cents": number,"seconds": number
                  }
                  Update: {
                    "bonus_percent"?: number,"currency"?: string,"description"?: string,"id"?: string,"is_on"?: boolean,"name"?: string,"position"?: number,"price_cents"?: number,"seconds"?: number
                  }
                  Relationships: [
                    
                  ]
                },"payment_methods": {
                  Row: {
                    "account_id": string,"brand": string,"created_at": string,"exp_month": number,"exp_year": number,"id": string,"is_default": boolean,"last4": string,"removed_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"brand": string,"created_at"?: string,"exp_month": number,"exp_year": number,"id": string,"is_default"?: boolean,"last4": string,"removed_at"?: string | null
                  }
                  Update: {
                    "account_id"?: string,"brand"?: string,"created_at"?: string,"exp_month"?: number,"exp_year"?: number,"id"?: string,"is_default"?: boolean,"last4"?: string,"removed_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "payment_methods_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"phone_numbers": {
                  Row: {
                    "account_id": string | null,"created_at": string,"e164": string,"id": string,"label": string,"provider": string,"provider_ref": string,"removed_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id"?: string | null,"created_at"?: string,"e164": string,"id"?: string,"label"?: string,"provider": string,"provider_ref": string,"removed_at"?: string | null
                  }
                  Update: {
                    "account_id"?: string | null,"created_at"?: string,"e164"?: string,"id"?: string,"label"?: string,"provider"?: string,"provider_ref"?: string,"removed_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "phone_numbers_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"plans": {
                  Row: {
                    "billing_increment_seconds": number,"concurrency_max": number,"first_increment_seconds": number,"free_seconds": number,"id": string,"is_default": boolean,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "billing_increment_seconds": number,"concurrency_max": number,"first_increment_seconds"?: number,"free_seconds": number,"id": string,"is_default"?: boolean,"name": string
                  }
                  Update: {
                    "billing_increment_seconds"?: number,"concurrency_max"?: number,"first_increment_seconds"?: number,"free_seconds"?: number,"id"?: string,"is_default"?: boolean,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"platform_admins": {
                  Row: {
                    "created_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"profiles": {
                  Row: {
                    "created_at": string,"email": string,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"id": string,"name"?: string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"retention_rules": {
                  Row: {
                    "account_id": string,"days": number | null,"kind": string,"next_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"days"?: number | null,"kind": string,"next_at"?: string
                  }
                  Update: {
                    "account_id"?: string,"days"?: number | null,"kind"?: string,"next_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "retention_rules_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"role_permissions": {
                  Row: {
                    "permission": string,"role": Database["public"]['Enums']["member_role"],"scope": Database["public"]['Enums']["permission_scope"]
                  }
                  ComputedFields: never
                  Insert: {
                    "permission": string,"role": Database["public"]['Enums']["member_role"],"scope"?: Database["public"]['Enums']["permission_scope"]
                  }
                  Update: {
                    "permission"?: string,"role"?: Database["public"]['Enums']["member_role"],"scope"?: Database["public"]['Enums']["permission_scope"]
                  }
                  Relationships: [
                    
                  ]
                },"rule_changes": {
                  Row: {
                    "content": Json | null,"created_at": string,"id": number,"key": NonNullable<Json>,"subject": string,"transaction_id": unknown,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "content"?: Json | null,"created_at"?: string,"id"?: never,"key": NonNullable<Json>,"subject": string,"transaction_id"?: unknown,"version": number
                  }
                  Update: {
                    "content"?: Json | null,"created_at"?: string,"id"?: never,"key"?: NonNullable<Json>,"subject"?: string,"transaction_id"?: unknown,"version"?: number
                  }
                  Relationships: [
                    
                  ]
                },"rule_hours": {
                  Row: {
                    "closes_at": string,"opens_at": string,"rule_id": string,"weekday": number
                  }
                  ComputedFields: never
                  Insert: {
                    "closes_at": string,"opens_at": string,"rule_id": string,"weekday": number
                  }
                  Update: {
                    "closes_at"?: string,"opens_at"?: string,"rule_id"?: string,"weekday"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "rule_hours_rule_id_fkey"
      columns: ["rule_id"]
isOneToOne: false
      referencedRelation: "rules"
      referencedColumns: ["id"]
    }
                  ]
                },"rule_packs": {
                  Row: {
                    "id": string,"is_on": boolean,"name": string,"regions": (string)[]
                  }
                  ComputedFields: never
                  Insert: {
                    "id": string,"is_on"?: boolean,"name": string,"regions": (string)[]
                  }
                  Update: {
                    "id"?: string,"is_on"?: boolean,"name"?: string,"regions"?: (string)[]
                  }
                  Relationships: [
                    
                  ]
                },"rules": {
                  Row: {
                    "citation": string,"effective_from": string,"effective_until": string | null,"id": string,"is_on": boolean,"is_verified": boolean,"kind": Database["public"]['Enums']["rule_kind"],"pack_id": string,"value": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "citation": string,"effective_from": string,"effective_until"?: string | null,"id": string,"is_on": boolean,"is_verified": boolean,"kind": Database["public"]['Enums']["rule_kind"],"pack_id": string,"value"?: NonNullable<Json>
                  }
                  Update: {
                    "citation"?: string,"effective_from"?: string,"effective_until"?: string | null,"id"?: string,"is_on"?: boolean,"is_verified"?: boolean,"kind"?: Database["public"]['Enums']["rule_kind"],"pack_id"?: string,"value"?: NonNullable<Json>
                  }
                  Relationships: [
                    {
      foreignKeyName: "rules_pack_id_fkey"
      columns: ["pack_id"]
isOneToOne: false
      referencedRelation: "rule_packs"
      referencedColumns: ["id"]
    }
                  ]
                },"tags": {
                  Row: {
                    "account_id": string,"created_at": string,"created_by": string | null,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"created_at"?: string,"created_by"?: string | null,"id"?: string,"name": string
                  }
                  Update: {
                    "account_id"?: string,"created_at"?: string,"created_by"?: string | null,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tags_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    }
                  ]
                },"terms": {
                  Row: {
                    "published_at": string,"sections": NonNullable<Json>,"title": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "published_at"?: string,"sections": NonNullable<Json>,"title": string,"version": number
                  }
                  Update: {
                    "published_at"?: string,"sections"?: NonNullable<Json>,"title"?: string,"version"?: number
                  }
                  Relationships: [
                    
                  ]
                },"terms_acceptances": {
                  Row: {
                    "accepted_at": string,"accepted_by": string,"account_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string,"accepted_by": string,"account_id": string,"version": number
                  }
                  Update: {
                    "accepted_at"?: string,"accepted_by"?: string,"account_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "terms_acceptances_account_id_fkey"
      columns: ["account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "terms_acceptances_version_fkey"
      columns: ["version"]
isOneToOne: false
      referencedRelation: "terms"
      referencedColumns: ["version"]
    }
                  ]
                },"voices": {
                  Row: {
                    "description": string,"id": string,"language": string,"name": string,"provider": string,"provider_ref": string
                  }
                  ComputedFields: never
                  Insert: {
                    "description"?: string,"id": string,"language": string,"name": string,"provider": string,"provider_ref": string
                  }
                  Update: {
                    "description"?: string,"id"?: string,"language"?: string,"name"?: string,"provider"?: string,"provider_ref"?: string
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "accept_invitation":
{ Args: { "invitation_id": string }; Returns: Json
                           },
"accept_terms":
{ Args: { "account_id": string,"version": number }; Returns: Json
                           },
"add_contact_note":
{ Args: { "body": string,"contact_id": string }; Returns: Json
                           },
"allowed_networks":
{ Args: { "account_id": string }; Returns: Json
                           },
"answer_tool_calls":
{ Args: { "body": Json,"event": Json }; Returns: Json
                           },
"archive_assistant":
{ Args: { "assistant_id": string }; Returns: Json
                           },
"archive_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"ask_call_end":
{ Args: { "call_id": string }; Returns: Json
                           },
"assign_to_campaign":
{ Args: { "campaign_id": string,"is_assigned": boolean,"user_id": string }; Returns: Json
                           },
"begin_dial":
{ Args: { "call_id": string }; Returns: Json
                           },
"call_now":
{ Args: { "enrolment_id": string }; Returns: Json
                           },
"call_to_analyse":
{ Args: { "call_id": string }; Returns: Json
                           },
"call_to_end":
{ Args: { "call_id": string,"user_id": string }; Returns: Json
                           },
"calls_to_check":
{ Args: { "batch_size": number }; Returns: Json
                           },
"campaign_blockers":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"campaign_overview":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"card_for_removal":
{ Args: { "payment_method_id": string }; Returns: Json
                           },
"change_import":
{ Args: { "content": Json,"import_id": string }; Returns: Json
                           },
"check_import_rows":
{ Args: { "import_id": string,"rows": Json }; Returns: Json
                           },
"check_provider_right":
{ Args: { "account_id": string,"connection_id"?: string }; Returns: Json
                           },
"choose_provider_number":
{ Args: { "concurrency_max": number,"connection_id": string,"provider_ref": string }; Returns: Json
                           },
"claim_calls":
{ Args: { "batch_size": number }; Returns: Json
                           },
"claim_outbox":
{ Args: { "batch_size": number }; Returns: Json
                           },
"close_account":
{ Args: { "account_id": string,"name": string }; Returns: Json
                           },
"confirm_own_number":
{ Args: { "code": string }; Returns: Json
                           },
"connect_provider":
{ Args: { "connection_id": string }; Returns: Json
                           },
"contact_timeline":
{ Args: { "contact_id": string,"cursor"?: Json,"page_size"?: number }; Returns: Json
                           },
"copy_contacts":
{ Args: { "campaign_id": string,"cursor"?: number,"from_campaign_id": string }; Returns: Json
                           },
"correct_number":
{ Args: { "contact_id": string,"phone": string }; Returns: Json
                           },
"count_calls":
{ Args: { "filter": Json }; Returns: Json
                           },
"count_contacts":
{ Args: { "filter": Json }; Returns: Json
                           },
"count_old":
{ Args: { "account_id": string,"days": number,"kind": string }; Returns: Json
                           },
"count_unread":
{ Args: { "account_id": string }; Returns: Json
                           },
"create_assistant":
{ Args: { "account_id": string,"template_id"?: string }; Returns: Json
                           },
"create_import":
{ Args: { "account_id": string,"consent"?: Json,"default_time_zone"?: string,"file_bytes"?: number,"file_hash"?: string,"file_name": string,"mapping"?: Json,"options"?: Json,"row_count"?: number }; Returns: Json
                           },
"create_order":
{ Args: { "account_id": string,"amount_cents"?: number,"pack_id"?: string,"request_id": string,"saves_card"?: boolean }; Returns: Json
                           },
"current_terms":
{ Args: { "account_id": string }; Returns: Json
                           },
"current_wallet":
{ Args: { "account_id": string }; Returns: Json
                           },
"customer_for_cards":
{ Args: { "account_id": string }; Returns: Json
                           },
"dashboard":
{ Args: { "account_id": string }; Returns: Json
                           },
"deactivate_member":
{ Args: { "account_id": string,"user_id": string }; Returns: Json
                           },
"delete_call_view":
{ Args: { "view_id": string }; Returns: Json
                           },
"delete_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"delete_contact":
{ Args: { "contact_id": string }; Returns: Json
                           },
"delete_contact_list":
{ Args: { "list_id": string }; Returns: Json
                           },
"delete_contact_note":
{ Args: { "note_id": string }; Returns: Json
                           },
"delete_contacts":
{ Args: { "cursor"?: Json,"selection": Json }; Returns: Json
                           },
"delete_tag":
{ Args: { "tag_id": string }; Returns: Json
                           },
"dial_proof":
{ Args: { "account_id": string,"from_at": string,"phone": string,"to_at": string }; Returns: Json
                           },
"dismiss_notice":
{ Args: { "notice_id": string }; Returns: Json
                           },
"do_not_call_history":
{ Args: { "account_id": string,"phone": string }; Returns: Json
                           },
"duplicate_assistant":
{ Args: { "assistant_id": string }; Returns: Json
                           },
"duplicate_campaign":
{ Args: { "assistant_id"?: string,"campaign_id": string,"name": string }; Returns: Json
                           },
"empty_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"enrol_all_contacts":
{ Args: { "campaign_id": string,"cursor"?: Json,"filter"?: Json }; Returns: Json
                           },
"enrol_contacts":
{ Args: { "campaign_id": string,"contact_ids": (string)[] }; Returns: Json
                           },
"erase_account":
{ Args: { "account_id": string,"name": string }; Returns: Json
                           },
"erase_contact":
{ Args: { "contact_id": string }; Returns: Json
                           },
"explain_enrolment":
{ Args: { "enrolment_id": string }; Returns: Json
                           },
"explain_queue":
{ Args: { "account_id": string,"campaign_id"?: string,"size"?: number }; Returns: Json
                           },
"export_account":
{ Args: { "account_id": string,"cursor"?: Json,"part": string }; Returns: Json
                           },
"export_calls":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"export_contacts":
{ Args: { "cursor"?: Json,"page_size"?: number,"selection": Json }; Returns: Json
                           },
"export_do_not_call":
{ Args: { "account_id": string,"cursor"?: Json,"page_size"?: number }; Returns: Json
                           },
"fail_import":
{ Args: { "import_id": string,"reason": string }; Returns: Json
                           },
"finish_import":
{ Args: { "import_id": string }; Returns: Json
                           },
"forecast_facts":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"get_account_rules":
{ Args: { "account_id": string }; Returns: Json
                           },
"get_assistant":
{ Args: { "assistant_id": string }; Returns: Json
                           },
"get_assistant_version":
{ Args: { "assistant_id": string,"version": number }; Returns: Json
                           },
"get_billing":
{ Args: { "account_id": string }; Returns: Json
                           },
"get_call":
{ Args: { "call_id": string }; Returns: Json
                           },
"get_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"get_contact":
{ Args: { "contact_id": string }; Returns: Json
                           },
"get_import":
{ Args: { "import_id": string }; Returns: Json
                           },
"get_list_report":
{ Args: { "account_id": string,"from_day"?: string,"until_day"?: string }; Returns: Json
                           },
"get_order":
{ Args: { "order_id": string }; Returns: Json
                           },
"get_privacy":
{ Args: { "account_id": string }; Returns: Json
                           },
"get_provider":
{ Args: { "account_id": string }; Returns: Json
                           },
"get_report":
{ Args: { "account_id": string,"before_from"?: string,"before_until"?: string,"from_day"?: string,"is_short"?: boolean,"until_day"?: string }; Returns: Json
                           },
"import_contacts":
{ Args: { "chunk": number,"import_id": string,"rows": Json }; Returns: Json
                           },
"import_do_not_call":
{ Args: { "account_id": string,"phones": Json,"reason"?: string }; Returns: Json
                           },
"invitation_mail":
{ Args: { "invitation_id": string,"sent_count": number }; Returns: Json
                           },
"invite_member":
{ Args: { "account_id": string,"email": string,"role": string }; Returns: Json
                           },
"invoice_facts":
{ Args: { "order_id": string }; Returns: Json
                           },
"is_operator":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"keep_forecast":
{ Args: { "campaign_id": string,"figures": Json }; Returns: Json
                           },
"keep_provider_key":
{ Args: { "account_id": string,"api_key": string,"listing": Json,"provider": string }; Returns: Json
                           },
"keep_test_version":
{ Args: { "assistant_id": string,"uses_draft"?: boolean }; Returns: Json
                           },
"leave_account":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_assistant_versions":
{ Args: { "assistant_id": string }; Returns: Json
                           },
"list_assistants":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_call_judges":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_call_views":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_calls":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"list_campaign_activity":
{ Args: { "campaign_id": string,"cursor"?: Json,"page_size"?: number }; Returns: Json
                           },
"list_campaign_names":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_campaign_people":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"list_campaigns":
{ Args: { "filter": Json,"page"?: number,"page_size"?: number }; Returns: Json
                           },
"list_contact_lists":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_dispositions":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_do_not_call":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"list_enrolments":
{ Args: { "campaign_id": string,"cursor"?: Json,"filter"?: Json,"page_size"?: number }; Returns: Json
                           },
"list_imports":
{ Args: { "account_id": string,"cursor"?: Json,"page_size"?: number }; Returns: Json
                           },
"list_ledger":
{ Args: { "account_id": string,"cursor"?: Json,"from_day"?: string,"page_size"?: number,"to_day"?: string }; Returns: Json
                           },
"list_live_calls":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"list_notice_preferences":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_notices":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_notifications":
{ Args: { "account_id": string,"cursor"?: Json,"filter"?: Json,"page_size"?: number }; Returns: Json
                           },
"list_orders":
{ Args: { "account_id": string,"cursor"?: Json,"page_size"?: number }; Returns: Json
                           },
"list_refused_rows":
{ Args: { "cursor"?: Json,"import_id": string }; Returns: Json
                           },
"list_reservations":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_tags":
{ Args: { "account_id": string }; Returns: Json
                           },
"list_team":
{ Args: { "account_id": string }; Returns: Json
                           },
"my_accounts":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"my_invitations":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"notice_mail":
{ Args: { "account_id": string,"notice_ids": (string)[],"user_id": string }; Returns: Json
                           },
"open_account":
{ Args: { "company_name": string,"company_type"?: string,"time_zone"?: string }; Returns: Json
                           },
"opt_out_contacts":
{ Args: { "cursor"?: Json,"reason"?: string,"selection": Json }; Returns: Json
                           },
"opt_out_number":
{ Args: { "account_id": string,"phone": string,"reason"?: string,"source"?: Database["public"]['Enums']["opt_out_source"] }; Returns: Json
                           },
"order_for_charge":
{ Args: { "order_id": string }; Returns: Json
                           },
"order_for_checkout":
{ Args: { "order_id": string }; Returns: Json
                           },
"orders_to_check":
{ Args: { "batch_size": number }; Returns: Json
                           },
"override_consent":
{ Args: { "campaign_id": string,"reason": string }; Returns: Json
                           },
"own_number":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"pause_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"payment_listing_due":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"platform_alerts":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"platform_metrics":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"preview_campaign":
{ Args: { "account_id": string,"campaign_id": string,"contact_id"?: string,"content": Json }; Returns: Json
                           },
"preview_undo":
{ Args: { "cursor"?: Json,"import_id": string }; Returns: Json
                           },
"process_call_events":
{ Args: { "batch_size": number }; Returns: Json
                           },
"process_payment_events":
{ Args: { "batch_size": number }; Returns: Json
                           },
"provider_key":
{ Args: { "connection_id": string }; Returns: Json
                           },
"publish_assistant":
{ Args: { "assistant_id": string,"expected_revision": number,"note"?: string }; Returns: Json
                           },
"quote_minutes":
{ Args: { "account_id": string,"amount_cents": number }; Returns: Json
                           },
"reactivate_member":
{ Args: { "account_id": string,"user_id": string }; Returns: Json
                           },
"read_notifications":
{ Args: { "account_id": string,"newest_id"?: string,"notice_ids"?: (string)[] }; Returns: Json
                           },
"record_call_check":
{ Args: { "call_id": string,"facts": Json }; Returns: Json
                           },
"record_call_end":
{ Args: { "answer": string,"call_id": string }; Returns: Json
                           },
"record_call_event":
{ Args: { "body": Json,"event": Json }; Returns: Json
                           },
"record_charge":
{ Args: { "order_id": string,"result": Json }; Returns: Json
                           },
"record_checkout":
{ Args: { "order_id": string,"result": Json }; Returns: Json
                           },
"record_consents":
{ Args: { "account_id": string,"consent": Json,"contact_ids": (string)[] }; Returns: Json
                           },
"record_customer":
{ Args: { "account_id": string,"customer_id": string }; Returns: Json
                           },
"record_dial":
{ Args: { "call_id": string,"result": Json }; Returns: Json
                           },
"record_outbox":
{ Args: { "id": number,"result": Json }; Returns: Json
                           },
"record_payment_event":
{ Args: { "event": Json }; Returns: Json
                           },
"record_payment_listing":
{ Args: { "facts": Json,"period": Json }; Returns: Json
                           },
"record_payment_methods":
{ Args: { "account_id": string,"customer_id": string,"methods": Json }; Returns: Json
                           },
"record_provider_listing":
{ Args: { "connection_id": string,"key_id": string,"listing": Json }; Returns: Json
                           },
"recording_to_delete":
{ Args: { "job_id": number }; Returns: Json
                           },
"relay_transcript":
{ Args: { "event": Json }; Returns: undefined
                           },
"remove_disposition":
{ Args: { "disposition_id": string }; Returns: Json
                           },
"remove_enrolment":
{ Args: { "enrolment_id": string }; Returns: Json
                           },
"remove_opt_out":
{ Args: { "account_id": string,"phone": string,"reason": string }; Returns: Json
                           },
"remove_own_number":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"remove_provider":
{ Args: { "connection_id": string }; Returns: Json
                           },
"reopen_account":
{ Args: { "account_id": string }; Returns: Json
                           },
"repin_assistant":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"request_callback":
{ Args: { "enrolment_id": string,"local_time": string,"note"?: string }; Returns: Json
                           },
"request_number_check":
{ Args: { "account_id": string,"phone": string }; Returns: Json
                           },
"request_test_call":
{ Args: { "assistant_version_id": string,"campaign_id"?: string,"phone": string }; Returns: Json
                           },
"require_second_factor":
{ Args: { "account_id": string,"is_required": boolean }; Returns: Json
                           },
"resend_invitation":
{ Args: { "invitation_id": string }; Returns: Json
                           },
"restore_assistant_version":
{ Args: { "assistant_id": string,"expected_revision": number,"version": number }; Returns: Json
                           },
"resume_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"retry_deletions":
{ Args: { "account_id": string }; Returns: Json
                           },
"revoke_consent":
{ Args: { "consent_id": string,"reason": string }; Returns: Json
                           },
"revoke_invitation":
{ Args: { "invitation_id": string }; Returns: Json
                           },
"save_account":
{ Args: { "account_id": string,"content": Json }; Returns: Json
                           },
"save_account_rules":
{ Args: { "account_id": string,"content": Json }; Returns: Json
                           },
"save_allowed_networks":
{ Args: { "account_id": string,"networks": Json }; Returns: Json
                           },
"save_assistant":
{ Args: { "account_id": string,"assistant_id": string,"content": Json,"expected_version"?: number }; Returns: Json
                           },
"save_assistant_draft":
{ Args: { "assistant_id": string,"content": Json,"expected_revision": number }; Returns: Json
                           },
"save_auto_top_up":
{ Args: { "account_id": string,"settings": Json }; Returns: Json
                           },
"save_billing_details":
{ Args: { "account_id": string,"details": Json }; Returns: Json
                           },
"save_call_view":
{ Args: { "account_id": string,"name": string,"query": string }; Returns: Json
                           },
"save_campaign":
{ Args: { "account_id": string,"campaign_id": string,"content": Json }; Returns: Json
                           },
"save_contact":
{ Args: { "account_id": string,"contact_id": string,"content": Json }; Returns: Json
                           },
"save_contact_list":
{ Args: { "account_id": string,"content": Json,"list_id": string }; Returns: Json
                           },
"save_disposition":
{ Args: { "account_id": string,"description"?: string,"disposition_id": string,"meaning": Database["public"]['Enums']["disposition_meaning"],"name": string }; Returns: Json
                           },
"save_notice_preference":
{ Args: { "account_id": string,"by_email": boolean,"topic": string }; Returns: Json
                           },
"save_privacy":
{ Args: { "account_id": string,"content": Json }; Returns: Json
                           },
"save_tag":
{ Args: { "account_id": string,"name": string,"tag_id": string }; Returns: Json
                           },
"schedule_campaign":
{ Args: { "campaign_id": string,"launch_at": string }; Returns: Json
                           },
"search_activity":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"search_assistants":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"search_contacts":
{ Args: { "cursor"?: Json,"filter": Json,"page_size"?: number }; Returns: Json
                           },
"search_everything":
{ Args: { "account_id": string,"text"?: string,"thing_ids"?: (string)[] }; Returns: Json
                           },
"service_health":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"service_metrics":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"set_default_payment_method":
{ Args: { "payment_method_id": string }; Returns: Json
                           },
"set_disposition":
{ Args: { "call_id": string,"disposition"?: string,"own_disposition"?: string,"own_disposition_id"?: string }; Returns: Json
                           },
"set_hipaa_mode":
{ Args: { "account_id": string,"is_on": boolean }; Returns: Json
                           },
"set_list_members":
{ Args: { "cursor"?: Json,"is_member": boolean,"list_id": string,"selection": Json }; Returns: Json
                           },
"set_member_role":
{ Args: { "account_id": string,"role": string,"user_id": string }; Returns: Json
                           },
"spend_per_day":
{ Args: { "account_id": string,"from_day": string,"to_day": string }; Returns: Json
                           },
"spend_requests":
{ Args: { "wishes": Json }; Returns: number
                           },
"start_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"stop_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"tag_contacts":
{ Args: { "add_tag_ids"?: (string)[],"cursor"?: Json,"remove_tag_ids"?: (string)[],"selection": Json }; Returns: Json
                           },
"transfer_ownership":
{ Args: { "account_id": string,"user_id": string }; Returns: Json
                           },
"unarchive_assistant":
{ Args: { "assistant_id": string }; Returns: Json
                           },
"unarchive_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"undo_import":
{ Args: { "cursor"?: Json,"import_id": string }; Returns: Json
                           },
"unschedule_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"unsubscribe":
{ Args: { "token": string }; Returns: Json
                           },
"verify_activity_chain":
{ Args: { "account_id": string,"from_position"?: number,"link_limit"?: number }; Returns: Json
                           },
"watch_call":
{ Args: { "call_id": string }; Returns: Json
                           }
          }
          Enums: {
            "account_status": "active"|"suspended"|"closed","actor_kind": "person"|"platform"|"system","block_reason": "time_zone_unknown"|"do_not_call"|"no_consent"|"invalid_number"|"refused","call_disposition": "interested"|"information"|"callback"|"not_interested"|"do_not_call"|"wrong_number"|"voicemail"|"no_conversation","call_kind": "campaign"|"test"|"verification","call_order": "enrolled"|"random","call_outcome": "answered"|"voicemail"|"no_answer"|"busy"|"failed"|"canceled","call_sentiment": "positive"|"neutral"|"negative","call_state": "reserved"|"dialing"|"unknown"|"ringing"|"in_progress"|"ended"|"settled"|"voided","campaign_priority": "low"|"normal"|"high","campaign_purpose": "sales"|"service"|"survey"|"reminder","campaign_status": "draft"|"scheduled"|"active"|"paused"|"completed"|"stopped"|"archived","company_type": "generic"|"e_commerce"|"healthcare"|"real_estate","connection_state": "offered"|"pending"|"working"|"refused"|"retired","consent_basis": "implied"|"express"|"express_written","consent_channel": "web_form"|"paper"|"spoken"|"email"|"text_message"|"other","contact_list_kind": "static"|"audience","disposition_meaning": "positive"|"neutral"|"negative","disposition_source": "tool_call"|"provider"|"rules"|"model","enrolment_status": "waiting"|"calling"|"reached"|"exhausted"|"blocked"|"opted_out"|"removed","failure_scope": "number"|"call"|"capacity"|"account"|"transient","format_style": "american"|"british"|"continental"|"swiss"|"indian","import_status": "pending"|"validating"|"running"|"completed"|"failed","ledger_kind": "grant"|"purchase"|"consume"|"refund"|"dispute"|"adjust"|"expire","list_change": "added"|"removed","member_role": "owner"|"admin"|"agent"|"viewer","notice_kind": "failure_rate"|"opt_out_rate"|"assistant"|"budget"|"ended"|"not_launched"|"no_minutes"|"low_balance"|"auto_top_up_failed"|"auto_top_up_off"|"payment_disputed"|"balance_below_zero"|"payment_failed"|"completed"|"import_completed"|"import_failed"|"deletions_failed"|"account_suspended"|"account_closed"|"provider_refused","notice_topic": "completed"|"paused"|"not_launched"|"minutes"|"payments"|"imports"|"privacy"|"account"|"provider","opt_out_source": "tool_call"|"analysis"|"disposition"|"import"|"api"|"hand","order_kind": "checkout"|"auto_top_up","order_status": "open"|"pending"|"paid"|"failed"|"canceled"|"expired","pause_reason": "failure_rate"|"opt_out_rate"|"assistant"|"budget"|"ended","permission_scope": "account"|"assigned","recording_state": "none"|"pending"|"stored"|"failed"|"expired","rule_kind": "hours"|"frequency"|"consent"|"ai_disclosure"|"opt_out_sentence"|"recording"|"identification"|"holidays","time_zone_source": "file"|"import"|"number"|"hand","top_up_off_reason": "three_failures"|"no_card"|"not_offered"|"dispute"|"person","wait_reason": "window_closed"|"no_minutes"|"no_slot"|"line_full"|"line_held"|"daily_cap"|"frequency_cap"|"in_other_call"|"budget"|"account_held"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            "account_status": ["active", "suspended", "closed"],"actor_kind": ["person", "platform", "system"],"block_reason": ["time_zone_unknown", "do_not_call", "no_consent", "invalid_number", "refused"],"call_disposition": ["interested", "information", "callback", "not_interested", "do_not_call", "wrong_number", "voicemail", "no_conversation"],"call_kind": ["campaign", "test", "verification"],"call_order": ["enrolled", "random"],"call_outcome": ["answered", "voicemail", "no_answer", "busy", "failed", "canceled"],"call_sentiment": ["positive", "neutral", "negative"],"call_state": ["reserved", "dialing", "unknown", "ringing", "in_progress", "ended", "settled", "voided"],"campaign_priority": ["low", "normal", "high"],"campaign_purpose": ["sales", "service", "survey", "reminder"],"campaign_status": ["draft", "scheduled", "active", "paused", "completed", "stopped", "archived"],"company_type": ["generic", "e_commerce", "healthcare", "real_estate"],"connection_state": ["offered", "pending", "working", "refused", "retired"],"consent_basis": ["implied", "express", "express_written"],"consent_channel": ["web_form", "paper", "spoken", "email", "text_message", "other"],"contact_list_kind": ["static", "audience"],"disposition_meaning": ["positive", "neutral", "negative"],"disposition_source": ["tool_call", "provider", "rules", "model"],"enrolment_status": ["waiting", "calling", "reached", "exhausted", "blocked", "opted_out", "removed"],"failure_scope": ["number", "call", "capacity", "account", "transient"],"format_style": ["american", "british", "continental", "swiss", "indian"],"import_status": ["pending", "validating", "running", "completed", "failed"],"ledger_kind": ["grant", "purchase", "consume", "refund", "dispute", "adjust", "expire"],"list_change": ["added", "removed"],"member_role": ["owner", "admin", "agent", "viewer"],"notice_kind": ["failure_rate", "opt_out_rate", "assistant", "budget", "ended", "not_launched", "no_minutes", "low_balance", "auto_top_up_failed", "auto_top_up_off", "payment_disputed", "balance_below_zero", "payment_failed", "completed", "import_completed", "import_failed", "deletions_failed", "account_suspended", "account_closed", "provider_refused"],"notice_topic": ["completed", "paused", "not_launched", "minutes", "payments", "imports", "privacy", "account", "provider"],"opt_out_source": ["tool_call", "analysis", "disposition", "import", "api", "hand"],"order_kind": ["checkout", "auto_top_up"],"order_status": ["open", "pending", "paid", "failed", "canceled", "expired"],"pause_reason": ["failure_rate", "opt_out_rate", "assistant", "budget", "ended"],"permission_scope": ["account", "assigned"],"recording_state": ["none", "pending", "stored", "failed", "expired"],"rule_kind": ["hours", "frequency", "consent", "ai_disclosure", "opt_out_sentence", "recording", "identification", "holidays"],"time_zone_source": ["file", "import", "number", "hand"],"top_up_off_reason": ["three_failures", "no_card", "not_offered", "dispute", "person"],"wait_reason": ["window_closed", "no_minutes", "no_slot", "line_full", "line_held", "daily_cap", "frequency_cap", "in_other_call", "budget", "account_held"]
          }
        }
} as const
