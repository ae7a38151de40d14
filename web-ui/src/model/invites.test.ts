import { describe, expect, it } from 'vitest';
import { inviteLink, nextInvite, studentChoices } from './invites';
import { invite, managed, robin, sam } from './page_test_states';

it('M3 the link reads Manage invites once one has been sent', () => {
  expect(inviteLink(0)).toEqual({ words: 'bookings.invite', href: '/invites/new' });
  expect(inviteLink(1)).toEqual({ words: 'bookings.manage', href: '/invites' });
});

describe('M7 below the invites stands', () => {
  it('the way to the first one', () => expect(nextInvite(managed([], [sam, robin]))).toBe('first'));
  it('the green button while a student is left', () => expect(nextInvite(managed([invite()], [robin]))).toBe('another'));
  it('that nobody is left', () => expect(nextInvite(managed([invite({ students: [sam, robin] })], []))).toBe('none_left'));
});

describe('M5 the students', () => {
  it('are all there by name, the covered ones marked', () => {
    expect(studentChoices(managed([invite()], [robin]))).toEqual([{ student: robin, covered: false }, { student: sam, covered: true }]);
  });
  it('keep their order where two have the same name', () => {
    const other = { id: 9, first_name: 'Sam' };
    expect(studentChoices(managed([], [other, sam])).map(({ student }) => student.id)).toEqual([sam.id, 9]);
  });
});
