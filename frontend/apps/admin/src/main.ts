import './app/leaving';
import '@kefu/tokens/tokens.css';
import '@kefu/tokens/base.css';
import './ui/controls.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { startI18n } from './app/i18n.svelte';
import { settings } from './app/settings.svelte';

settings.apply();
await startI18n();

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
mount(App, { target });
