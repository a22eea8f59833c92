import { markup } from './markup.js';

/** What the pages with a script have beside the looks of every page. */
export const scriptPageCss = markup`[hidden]{display:none!important}
.second{color:var(--act);background:transparent;border:2px solid var(--act)}
.code{font:700 1.375rem/1.3 ui-monospace,Consolas,Menlo,monospace;letter-spacing:.0625em}
.errors:not([hidden]) p{white-space:pre-line}
section{margin:0 0 2rem}
h2{margin:0 0 .5rem;font-size:1.25rem}
h3{margin:0 0 .25rem;font-size:1.0625rem}
details{margin:0 0 1rem}
summary{padding:.6875rem 0;color:var(--act);cursor:pointer}
.cards{list-style:none;margin:0 0 1rem;padding:0}
.cards>li{margin:0 0 .75rem;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.375rem}
.cards p{margin:0}
.cards details{margin:0}
.cards button{margin:.5rem 0 0}
button:disabled{opacity:.55;cursor:default}
dialog{width:calc(100% - 2rem);max-width:34rem;padding:1.25rem;color:inherit;background:var(--page);border:2px solid var(--line);border-radius:.5rem}
dialog::backdrop{background:rgba(0,0,0,.55)}`;
