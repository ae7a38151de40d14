import './view/tokens.css';
import './view/base.css';
import { render } from 'preact';
import { startLanguage } from './state/i18n';
import { watchNetwork } from './state/network';
import { reloadAll } from './state/resource';
import { App } from './view/app';

startLanguage();
watchNetwork(reloadAll);
const root = document.getElementById('app');
if (root) render(<App />, root);
