import { call } from './interface.js';
import { part, textAt, wordsOfPage } from './page-parts.js';
import { attempt } from './refusals.js';

/** An emergency access as the session sees it that waits. */
interface Asked {
  id: string;
  state: 'asked' | 'granted' | 'refused' | 'over';
  /** Null where another session asked. */
  code: string | null;
  approvals: unknown[];
}

const box = part('emergency', HTMLDetailsElement);
const form = part('emergency-form', HTMLFormElement);
const wait = part('emergency-wait', HTMLElement);
let asked: Asked | undefined;

/** What this session has asked for, the newest. */
async function own(): Promise<Asked | undefined> {
  const { items } = await call<{ items: Asked[] }>('GET', 'emergency-access');
  return items.find(({ id, code }) => code !== null && (asked === undefined || id === asked.id));
}

/** Shows the code while it is asked for or granted, else the form to ask. */
function show(found: Asked | undefined): void {
  const isOpen = found?.state === 'asked' || found?.state === 'granted';
  asked = isOpen ? found : undefined;
  form.hidden = isOpen;
  wait.hidden = !isOpen;
  part('emergency-code', HTMLElement).textContent = asked?.code?.replace(/^.../, '$& ') ?? '';
  if (asked) tell(asked);
}

function tell({ state, approvals }: Asked): void {
  const said = textAt(wordsOfPage(), ['emergency', state], String(approvals.length)) ?? '';
  part('emergency-state', HTMLElement).textContent = said;
}

/** Makes the way in without a factor work, where the second one is asked for; `done` once it is open. */
export function wireEmergency(done: () => void): void {
  box.addEventListener('toggle', () => {
    // Somebody else may have signed in here since.
    asked = undefined;
    if (box.open) void attempt(async () => show(await own()));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = part('emergency-reason', HTMLInputElement).value;
    const reason = { text, language: document.documentElement.lang };
    const ask = async () => {
      show(await call<Asked>('POST', 'emergency-access', { reason }));
      form.reset();
      wait.focus();
    };
    void attempt(ask, { says: { conflict: 'emergencyStands' } });
  });
  const goIn = async () => {
    const found = await own();
    if (found?.state !== 'granted')
      return tell(found ?? { id: '', state: 'over', code: null, approvals: [] });
    await call('POST', `emergency-access/${found.id}/session`);
    done();
  };
  part('emergency-check', HTMLElement).addEventListener(
    'click',
    () => void attempt(goIn, { says: { conflict: 'notGranted' } }),
  );
  const takeBack = async () => {
    if (asked) await call('DELETE', `emergency-access/${asked.id}`);
    show(undefined);
  };
  part('emergency-end', HTMLElement).addEventListener('click', () => void attempt(takeBack));
}
