import { paths } from '../../contract/routes.ts';

/**
 * Signing in by passkey and adding one, on the reader's own pages. The browser turns the JSON of WebAuthn into buffers and back by itself;
 * where it cannot, the elements stay hidden and the other ways in remain.
 */
type Options = PublicKeyCredentialRequestOptionsJSON | PublicKeyCredentialCreationOptionsJSON;

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(paths.api(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (
    response.status === 403 &&
    ((await response.clone().json()) as { kind?: string }).kind === 'fresh-sign-in'
  )
    throw new Error('again');
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** One button that asks the browser and goes on, or says that it did not work. */
abstract class PasskeyElement extends HTMLElement {
  connectedCallback(): void {
    const known =
      typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
    if (!known) return;
    this.hidden = false;
    const button = this.querySelector('button');
    button?.addEventListener('click', () => {
      button.disabled = true;
      void this.ask()
        .then(() => location.assign(this.dataset['to'] ?? paths.account()))
        .catch((cause: unknown) => {
          button.disabled = false;
          if (cause instanceof Error && cause.message === 'again')
            return location.assign(paths.signIn(location.pathname));
          // Closing the browser's own question is an answer, not a fault.
          if (cause instanceof DOMException && cause.name === 'NotAllowedError') return;
          this.tell();
        });
    });
  }

  tell(): void {
    const note = this.querySelector('[role=alert]');
    if (!(note instanceof HTMLElement)) return;
    note.textContent = this.dataset['error'] ?? '';
    note.hidden = false;
  }

  abstract ask(): Promise<void>;
}

export class PasskeySignIn extends PasskeyElement {
  async ask(): Promise<void> {
    const options = (await post('sign-in/passkey/options', {})) as Options;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as PublicKeyCredentialRequestOptionsJSON,
    );
    const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
    await post('sign-in/passkey', { response: found?.toJSON() });
  }
}

export class PasskeyAdd extends PasskeyElement {
  async ask(): Promise<void> {
    const options = (await post('me/passkeys/options', {})) as Options;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as PublicKeyCredentialCreationOptionsJSON,
    );
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
    const name = this.querySelector('input')?.value.trim() || 'Passkey';
    await post('me/passkeys', { name: name.slice(0, 60), response: made?.toJSON() });
  }
}
