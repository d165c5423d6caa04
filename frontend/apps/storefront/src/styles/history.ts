import { unsafeCSS } from 'lit'
import conversation from './conversation.css?inline'
import history from './history.css?inline'

export const panelStyles = [history, conversation].map(unsafeCSS)
