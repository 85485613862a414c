import { putByXhr } from '../client/put-xhr.ts';
import { UploadQueue } from '../client/queue.ts';
import {
  RUNNING,
  type Uploader,
  type UploadItem,
  type UploadSnapshot,
} from '../client/uploader.ts';
import { filesOf } from '../ui/dropped-files.ts';
import { setAttribute } from './dom.ts';
import { createRow, type Row } from './row.ts';
import { createView, type View } from './view.ts';
import { type ElementLabels, ENGLISH_ELEMENT } from './words.ts';

/** On a server there are no elements; the import must not fail there. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

const BOOLEANS = ['disabled', 'required', 'paste-anywhere'] as const;

/**
 * `<slipway-upload route="photos">`: a dropzone, or with `variant="button"` a button, that uploads what
 * is chosen, dropped on it or pasted, and lists how it goes. In a form it sends the ids of its files.
 */
export class SlipwayUpload extends Base {
  static readonly formAssociated = true;
  static readonly observedAttributes: readonly string[] = [
    ...['endpoint', 'route', 'variant', 'name', 'input', 'lang', 'dir'],
    ...BOOLEANS,
  ];

  /** Extra headers for the handler. */
  headers: (() => Record<string, string>) | Record<string, string> | undefined;
  /** `include` sends cookies to a handler on another origin. */
  credentials: RequestCredentials | undefined;
  /** Files sent at the same time. Read when the element enters the page. */
  concurrency: number | undefined;

  #labels: Partial<ElementLabels> = {};
  #input: unknown;
  #uploader: Uploader | null = null;
  #view: View | null = null;
  #internals: ElementInternals | null = null;
  #isFormDisabled = false;
  #stop = () => {};
  readonly #rows = new Map<string, Row>();

  constructor() {
    super();
    this.#internals = this.attachInternals?.() ?? null;
  }

  /** Other words, or another language. */
  get labels(): Partial<ElementLabels> {
    return this.#labels;
  }
  set labels(labels: Partial<ElementLabels>) {
    this.#labels = labels;
    this.#render();
  }

  /** What the route's schema asks for; the attribute `input` takes it as JSON. */
  get input(): unknown {
    const text = this.getAttribute('input');
    return this.#input === undefined && text !== null ? JSON.parse(text) : this.#input;
  }
  set input(input: unknown) {
    this.#input = input;
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled') || this.#isFormDisabled;
  }
  set disabled(disabled: boolean) {
    this.toggleAttribute('disabled', disabled);
  }
  get required(): boolean {
    return this.hasAttribute('required');
  }
  set required(required: boolean) {
    this.toggleAttribute('required', required);
  }
  get name(): string {
    return this.getAttribute('name') ?? '';
  }
  set name(name: string) {
    this.setAttribute('name', name);
  }
  get form(): HTMLFormElement | null {
    return this.#internals?.form ?? null;
  }
  /** The ids of the files that are ready, as the form sends them. */
  get value(): readonly string[] {
    return this.items.flatMap(({ result }) => result?.id ?? []);
  }
  get items(): readonly UploadItem[] {
    return this.#uploader?.getSnapshot().items ?? [];
  }
  get snapshot(): UploadSnapshot | null {
    return this.#uploader?.getSnapshot() ?? null;
  }
  get validity(): ValidityState | undefined {
    return this.#internals?.validity;
  }
  get validationMessage(): string {
    return this.#internals?.validationMessage ?? '';
  }
  checkValidity(): boolean {
    return this.#internals?.checkValidity() ?? true;
  }
  reportValidity(): boolean {
    return this.#internals?.reportValidity() ?? true;
  }

  /** Takes files in as if they had been chosen; those that are done make room. */
  add(files: Iterable<File>): void {
    const all = [...files];
    const uploader = this.#uploader;
    if (this.disabled || !all[0] || !uploader) return;
    const { active, items } = uploader.getSnapshot();
    if (this.#isMany || active) uploader.remove();
    else for (const { key } of items) uploader.remove(key);
    uploader.add(all, { input: this.input });
  }
  pause(key?: string): void {
    this.#uploader?.pause(key);
  }
  resume(key?: string): void {
    this.#uploader?.resume(key);
  }
  cancel(key?: string): void {
    this.#uploader?.cancel(key);
  }
  retry(key?: string): void {
    this.#uploader?.retry(key);
  }
  /** Takes one file out, stopping it first; without a key, every file that is finished. */
  removeFile(key?: string): void {
    this.#uploader?.remove(key);
  }

  connectedCallback(): void {
    this.#view ??= createView(this.attachShadow({ mode: 'open', delegatesFocus: true }), {
      take: (files) => this.add(files),
      arrive: (event) => this.#arrive(event),
    });
    document.addEventListener('paste', this.#paste);
    if (!this.#uploader) this.#open();
    this.#render();
  }

  disconnectedCallback(): void {
    document.removeEventListener('paste', this.#paste);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#view) return;
    if (name === 'endpoint' || name === 'route') this.#open();
    this.#render();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#isFormDisabled = disabled;
    this.#render();
  }

  formResetCallback(): void {
    for (const { key } of this.items) this.#uploader?.remove(key);
  }

  get #isMany(): boolean {
    const rules = this.#uploader?.getSnapshot().rules;
    return !!rules && rules.maxFiles !== 1;
  }

  get #words(): ElementLabels {
    return { ...ENGLISH_ELEMENT, ...this.#labels };
  }

  /** Starts a queue for this route; what the one before still sends goes on. */
  #open(): void {
    this.#stop();
    const route = this.getAttribute('route');
    if (!route) return;
    const tell = (type: string) => (detail: UploadItem | UploadSnapshot) =>
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    const { concurrency, credentials } = this;
    const uploader: Uploader = new UploadQueue(
      {
        ...{ route, concurrency, credentials },
        endpoint: this.getAttribute('endpoint') ?? undefined,
        headers: () => (typeof this.headers === 'function' ? this.headers() : this.headers) ?? {},
        onDone: tell('slipway-done'),
        onError: tell('slipway-error'),
        onSettled: tell('slipway-settled'),
      },
      putByXhr,
    );
    this.#uploader = uploader;
    this.#stop = uploader.subscribe(() => {
      this.#render();
      tell('slipway-change')(uploader.getSnapshot());
    });
    void uploader.loadRules();
  }

  #arrive(event: DragEvent | ClipboardEvent): void {
    const data = 'dataTransfer' in event ? event.dataTransfer : event.clipboardData;
    if (this.disabled || event.defaultPrevented || !data?.types.includes('Files')) return;
    event.preventDefault();
    const here = event.type === 'drop' || event.type === 'paste';
    if (here) void filesOf(data).then((files) => this.add(files));
    const to = 'relatedTarget' in event ? (event.relatedTarget as Node | null) : null;
    const within = to !== null && (this.#view?.root.contains(to) ?? false);
    setAttribute(
      this.#view?.root ?? this,
      'data-over',
      String(!here && (event.type !== 'dragleave' || within)),
    );
  }

  /** Anywhere on the page where that was asked for. */
  readonly #paste = (event: ClipboardEvent): void => {
    if (this.hasAttribute('paste-anywhere')) this.#arrive(event);
  };

  #render(): void {
    const [view, uploader] = [this.#view, this.#uploader];
    if (!view || !uploader) return;
    const words = this.#words;
    const snapshot = uploader.getSnapshot();
    const { items, rules, progress } = snapshot;
    const title = words.choose(this.#isMany);
    const running = items.some(({ state }) => RUNNING.includes(state));
    view.update({
      words,
      rules,
      title,
      button: running ? words.uploading(Math.floor(progress * 100)) : title,
      many: this.#isMany,
      disabled: this.disabled,
      isButton: this.getAttribute('variant') === 'button',
      status: words.status(snapshot),
    });
    setAttribute(view.root, 'data-active', String(snapshot.active));
    for (const name of ['lang', 'dir']) setAttribute(view.root, name, this.getAttribute(name));
    this.#renderRows(view, { items, words, uploader });
    this.#renderForm(words, snapshot);
  }

  #renderRows(
    view: View,
    {
      items,
      words,
      uploader,
    }: {
      readonly items: readonly UploadItem[];
      readonly words: ElementLabels;
      readonly uploader: Uploader;
    },
  ): void {
    const keys = new Set(items.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    for (const item of items) {
      const known = this.#rows.get(item.key);
      const row = known ?? createRow(item.key, uploader);
      this.#rows.set(item.key, row);
      row.update(item, words);
      if (!known) view.list.append(row.element);
    }
    view.list.hidden = items.length === 0;
  }

  #renderForm(words: ElementLabels, { active, failed }: UploadSnapshot): void {
    const internals = this.#internals;
    if (!internals) return;
    const form = new FormData();
    for (const id of this.value) form.append(this.name, id);
    internals.setFormValue(this.name ? form : null);
    const anchor = this.#view?.button;
    if (active) internals.setValidity({ customError: true }, words.busy, anchor);
    else if (failed > 0) internals.setValidity({ customError: true }, words.failed, anchor);
    else if (this.required && this.value.length === 0)
      internals.setValidity({ valueMissing: true }, words.required(this.#isMany), anchor);
    else internals.setValidity({});
  }
}
