// What travels between the elements and the API, as docs/openapi.json describes it.

export type Source = 'contact_form' | 'order' | 'product'
export type Status = 'awaiting_reply' | 'in_conversation' | 'replied'
export type Evidence = 'screenshot' | 'order_number' | 'error_text' | 'browser' | 'time' | 'photos'
export type Rating = 'very_satisfied' | 'satisfied' | 'neutral' | 'dissatisfied' | 'very_dissatisfied'

export interface Category {
  id: string
  priority: string
  reply_within_hours: number
  evidence: Evidence[]
}

export interface FormSettings {
  shop: { id: string; name: string; locale: string; phone?: string; email?: string }
  sources: Source[]
  categories: Category[]
  max_text_characters: number
}

export interface Submission {
  source: Source
  category: string
  subject?: string
  text: string
  order?: string
  product?: string
  product_title?: string
  locale: string
  evidence?: { error_text?: string; browser?: string; time?: string }
  name?: string
  email?: string
  phone?: string
  website?: string
}

export interface Submitted {
  id: string
  reference: string
  confirmation: 'not_needed' | 'mail_sent' | 'earlier_link'
}

export interface InquiryRow {
  id: string
  reference: string
  source: Source
  category: string
  subject: string
  status: Status
  order?: string
  product?: string
  product_title?: string
  opened_at: string
  last_message_at: string
  ended?: { reason: string; at: string }
  rating?: Rating
  can_rate: boolean
}

export interface Message {
  seq: number
  from: 'customer' | 'agent' | 'system' | 'bot'
  name: string
  text: string
  at: string
}

export interface Inquiry extends InquiryRow {
  customer: { name: string; email: string; phone?: string }
  locked: boolean
  locks_at?: string
  follows?: string
  merged_into?: string
  messages: Message[]
  older: boolean
}

export interface InquiryPage {
  inquiries: InquiryRow[]
  next?: string
}

export interface Session {
  token: string
  expires_at: string
}

export interface Confirmed {
  released: { id: string; reference: string }[]
  session: Session
}

export interface FieldProblem {
  field: string
  code: string
  detail: string
}

export interface ProblemDocument {
  status?: number
  code?: string
  title?: string
  detail?: string
  fields?: FieldProblem[]
}
