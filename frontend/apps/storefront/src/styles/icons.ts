import { html, type TemplateResult } from 'lit'
import type { Rating } from '../core/wire.ts'

export const tick = html`<svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-7"/></svg>`
export const back = html`<svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><path d="M15 5l-7 7 7 7"/></svg>`
export const lock = html`<svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/></svg>`
export const refresh = html`<svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><path d="M20 12a8 8 0 1 1-2.3-5.7M20 3v4h-4"/></svg>`

const MOUTHS: Record<Rating, string> = {
  very_satisfied: 'M7 13.5c1 3.5 9 3.5 10 0z',
  satisfied: 'M8 14.5c2 2.4 6 2.4 8 0',
  neutral: 'M8 15.5h8',
  dissatisfied: 'M8 16.5c2-2.2 6-2.2 8 0',
  very_dissatisfied: 'M7.5 17c1-3.8 8-3.8 9 0',
}

export const face = (rating: Rating): TemplateResult =>
  html`<svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="M8.7 9v.6M15.3 9v.6"/><path d=${MOUTHS[rating]}/></svg>`
