import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';

/** The page for an address that leads nowhere. */
export function NotFound() {
  const t = useTexts();
  return (
    <EmptyState
      icon={<Compass size={22} aria-hidden />}
      title={t.errors.notFoundTitle}
      text={t.errors.notFoundText}
    >
      <Link to="/" className={buttonClass('plain')}>
        {t.errors.home}
      </Link>
    </EmptyState>
  );
}
