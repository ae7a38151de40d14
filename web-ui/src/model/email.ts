// A first look at a mail address, so that a slip is told at once. The box has the last word (domain/text_rules.h).

const shape = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The name of what is wrong (daemon/domain/refusal.h), or null. */
export function checkEmail(typed: string): 'email_missing' | 'email_invalid' | null {
  const email = typed.trim();
  if (!email) return 'email_missing';
  return shape.test(email) && new TextEncoder().encode(email).length <= 254 ? null : 'email_invalid';
}
