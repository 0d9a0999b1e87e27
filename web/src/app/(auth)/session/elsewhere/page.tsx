import { redirect } from 'next/navigation';
import { signInElsewhere } from '@/server/hosts';

/** The way out of a clinic that lets nobody in: its host answers nothing, so the session stays, and another is begun. */
export default function ElsewherePage() {
  redirect(signInElsewhere());
}
