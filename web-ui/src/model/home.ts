// Where each kind of person is at home, and which pages are theirs.

export type Role = 'guest' | 'parent' | 'teacher' | 'admin';

export function homeOf(role: Role): string {
  switch (role) {
    case 'parent': return '/bookings';
    case 'teacher': return '/schedule';
    case 'guest': return '/visit';
    case 'admin': return '/';
  }
}
