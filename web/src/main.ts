import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/600.css';
import { mount } from 'svelte';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/print.css';
import { readSignOnProblem } from './lib/state/account.svelte';
import { registry } from './lib/state/registry.svelte';
import { followTheme } from './lib/state/theme.svelte';
import { followAddress } from './lib/state/view.svelte';

readSignOnProblem();
followAddress();
followTheme();
void registry.load();
mount(App, { target: document.getElementById('app')! });
