import { useEffect } from 'react';

/** Sets the title of the browser's tab while the component is there. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Holdfast` : 'Holdfast';
  }, [title]);
}
