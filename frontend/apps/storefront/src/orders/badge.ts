import { html, type TemplateResult } from 'lit'
import type { OrderPanel } from './panel.ts'
import type { Badge } from './standing.ts'
import type { RefundState, ReturnState } from './wire.ts'

type Word = Badge | RefundState | ReturnState

const TONES: Partial<Record<Word, 'under-way' | 'urgent' | 'over'>> = {
  to_ship: 'under-way', requested: 'under-way', accepted: 'under-way', pick_up_arranged: 'under-way', received: 'under-way',
  on_its_way: 'under-way', overdue: 'urgent', proposed: 'urgent', delayed: 'urgent', cancelled: 'over', rejected: 'over',
  withdrawn: 'over', ended: 'over',
}

/** Colour, shape and word together; what came to a good end has a tick. */
export const badge = ({ t }: OrderPanel, word: Word): TemplateResult =>
  html`<span class="badge ${TONES[word] ?? ''}" part="status">${t(word)}</span>`
