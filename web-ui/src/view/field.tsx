import { cloneElement, type ComponentChildren, type VNode } from 'preact';
import { CircleAlert } from 'lucide-preact';

interface FieldProps {
  readonly id: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** The sentence that says what is wrong, or nothing. */
  readonly error?: string | null | undefined | false;
  /** One input, textarea or select; gets its id and what describes it. */
  readonly children: VNode<Record<string, unknown>>;
}

export function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {cloneElement(children, { id, class: 'input', ...describe(id, Boolean(hint), Boolean(error)) })}
      <FieldError id={id} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | null | undefined | false }) {
  return error ? <p class="field-error" id={`${id}-error`}><CircleAlert size={18} aria-hidden="true" />{error}</p> : null;
}

/** The attributes that tie an input to its hint and its error. */
export function describe(id: string, hint: boolean, error: boolean) {
  const by = [...(error ? [`${id}-error`] : []), ...(hint ? [`${id}-hint`] : [])].join(' ');
  return { 'aria-invalid': error ? ('true' as const) : undefined, 'aria-describedby': by || undefined };
}
