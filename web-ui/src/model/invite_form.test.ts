import { describe, expect, it } from 'vitest';
import { checkInvite, chooseStudent, errorsByField, firstWrong, inviteRequest, keepAvailable, startInvite, type InviteForm } from './invite_form';
import { robin, sam } from './page_test_states';

const whole: InviteForm = { name: 'Kit Lee', email: 'kit@example.org', students: [sam.id], consent: true };

describe('the empty form', () => {
  it('M5 leaves nothing to choose to whoever has one student', () => {
    expect(startInvite([sam], null).students).toEqual([sam.id]);
  });
  it('M5 chooses nobody for whoever has several', () => {
    expect(startInvite([sam, robin], null).students).toEqual([]);
  });
  it('M2 comes with the student whose appointment has just been booked', () => {
    expect(startInvite([sam, robin], robin.id).students).toEqual([robin.id]);
    expect(startInvite([sam, robin], 99).students).toEqual([]);
  });
  it('M4 has no consent before somebody gives it', () => {
    expect(startInvite([sam], sam.id).consent).toBe(false);
  });
});

describe('checking', () => {
  it('lets a whole form pass', () => {
    expect(checkInvite(whole)).toEqual({});
  });
  it('M4 tells of everything that is missing at once, each with its own name', () => {
    expect(checkInvite({ name: '  ', email: '', students: [], consent: false }))
      .toEqual({ name: 'name_missing', email: 'email_missing', students: 'student_missing', consent: 'consent_missing' });
  });
  it.each(['kit', 'kit@', '@example.org', 'kit@example', 'kit@example..org', 'kit lee@example.org', 'a@b@example.org', `${'k'.repeat(250)}@example.org`])('M4 refuses the address %s', (email) => {
    expect(checkInvite({ ...whole, email }).email).toBe('email_invalid');
  });
  it.each(['kit@example.org', ' kit@example.org ', 'kit+school@sub.example.co.uk', 'kit@bücher.example'])('takes the address %s', (email) => {
    expect(checkInvite({ ...whole, email })).toEqual({});
  });
  it('counts a long name by characters', () => {
    expect(checkInvite({ ...whole, name: '👋'.repeat(100) })).toEqual({});
    expect(checkInvite({ ...whole, name: 'k'.repeat(101) }).name).toBe('name_invalid');
  });
});

describe('choosing students', () => {
  it('adds and takes away, each once', () => {
    const two = chooseStudent(chooseStudent(whole, robin.id, true), robin.id, true);
    expect(two.students).toEqual([sam.id, robin.id]);
    expect(chooseStudent(two, sam.id, false).students).toEqual([robin.id]);
  });
  it('M5 drops whoever has been invited for in the meantime', () => {
    expect(keepAvailable(whole, [robin]).students).toEqual([]);
    expect(keepAvailable(whole, [sam, robin])).toBe(whole);
  });
});

it('puts what the box found wrong beside its fields, and nothing else', () => {
  const errors = errorsByField([{ field: 'email', error: 'guest_is_yourself', message: '' }, { field: 'other', error: 'request_invalid', message: '' }]);
  expect(errors).toEqual({ email: 'guest_is_yourself' });
});

it('goes first to the uppermost field that is wrong', () => {
  expect(firstWrong({ consent: 'consent_missing', email: 'email_missing' })).toBe('email');
  expect(firstWrong({})).toBeNull();
});

it('M4 sends the sentence that stood beside the box', () => {
  expect(inviteRequest({ ...whole, name: ' Kit Lee ', email: ' kit@example.org ' }, 'I agree.'))
    .toEqual({ name: 'Kit Lee', email: 'kit@example.org', students: [sam.id], consent: true, consent_wording: 'I agree.' });
});
